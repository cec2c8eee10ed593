package vn.luot.quarantine;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import vn.luot.live.SiteNumbers;
import vn.luot.register.SiteDay;

/**
 * How fast a site's views come, counted and quarantined ones together, by all pods: each pod sees
 * it in the day's views that Redis answers.
 *
 * <p>Views fill it and time drains it, as many a minute as are no burst yet. A burst begins when a
 * minute's worth is in it, and ends when it is empty; it holds two minutes' worth, so that this
 * takes some two minutes of quiet. Short waves of readers are no burst, and a burst that swells and
 * ebbs is one.
 */
final class Meter {
  private static final double MINUTE = Duration.ofMinutes(1).toNanos();

  private final Growth counted = new Growth();
  private final Growth quarantined = new Growth();
  private double level;
  private long at;

  /** Read by every hit of the site, without the lock. */
  private volatile boolean burst;

  private volatile boolean watched;
  private volatile long emptyAt;

  Meter(long now) {
    at = now;
    emptyAt = now;
  }

  /**
   * @param apart the numbers of the quarantine; null where they were not asked for
   * @param most views a minute that are no burst
   * @param now in nanoseconds of the pod's running time
   * @return whether a burst began or ended
   */
  synchronized boolean observed(
      SiteNumbers seen, @Nullable SiteNumbers apart, double most, long now) {
    // Answers of several connections come in no order.
    long moment = Math.max(0, now - at) + at;
    long grown = counted.by(seen, moment);
    grown += apart == null ? 0 : quarantined.by(apart, moment);
    double drained = most * (moment - at) / MINUTE;
    level = Math.min(2 * most, Math.max(0, level + grown - drained));
    at = moment;
    emptyAt = moment + (long) (level / most * MINUTE);
    watched = level > most / 2;
    boolean changed = burst ? level == 0 : level > most;
    burst ^= changed;
    return changed;
  }

  /** Also over where nothing was answered any more that could say so. */
  boolean isBurst(long now) {
    return burst && now - emptyAt < 0;
  }

  /** Whether a burst may be about to begin, or has begun elsewhere. */
  boolean isWatched(long now) {
    return (watched || burst) && now - emptyAt < 0;
  }

  /**
   * By how much a day's views grew since they were last seen; by nothing where that cannot be said.
   */
  private static final class Growth {
    /** What grew over longer than this tells nothing of how fast it grows now. */
    private static final long FORGET_AFTER = Duration.ofMinutes(1).toNanos();

    private @Nullable SiteDay day;
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
}
