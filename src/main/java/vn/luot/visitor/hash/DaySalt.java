package vn.luot.visitor.hash;

import java.time.Duration;
import java.time.LocalDate;

/**
 * What keys the visitor hashes of a local day.
 *
 * @param day the local day
 * @param begin when it begins, in milliseconds of Unix time
 * @param today random bytes
 * @param yesterday the day before's, or null when its visits are over
 */
public record DaySalt(LocalDate day, long begin, byte[] today, byte[] yesterday) {

  /** Without yesterday's bytes where no visit of yesterday can go on at {@code millis}. */
  public DaySalt at(long millis, Duration visitGap) {
    boolean over = millis - begin >= visitGap.toMillis();
    return yesterday != null && over ? new DaySalt(day, begin, today, null) : this;
  }
}
