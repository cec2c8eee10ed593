package vn.luot.quarantine;

import java.time.Duration;
import vn.luot.live.SiteNumbers;
import vn.luot.register.SiteDay;

/**
 * By how much a day's views grew since they were last seen; by nothing where that cannot be said.
 */
final class Growth {
  /** What grew over longer than this tells nothing of how fast it grows now. */
  private static final long FORGET_AFTER = Duration.ofMinutes(1).toNanos();

  private SiteDay day;
  private long views;
  private long at;

  long by(SiteNumbers seen, long now) {
    boolean comparable = seen.day().equals(day) && now - at < FORGET_AFTER;
    long grown = comparable ? Math.max(0, seen.dayViews() - views) : 0;
    if (!comparable || grown > 0) {
      views = seen.dayViews();
    }
    day = seen.day();
    at = now;
    return grown;
  }
}
