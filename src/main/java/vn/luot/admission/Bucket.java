package vn.luot.admission;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Admits so many within a period and then as many as the period divided by them lets through: a
 * bucket of tokens, kept as the one moment at which it will be full again (the generic cell rate
 * algorithm of ITU-T I.371).
 */
final class Bucket {
  private final AtomicLong fullAt;

  Bucket(long now) {
    fullAt = new AtomicLong(now);
  }

  /** All in nanoseconds. 0 where one more is admitted, else how long to wait for that. */
  long take(long now, long period, int most) {
    long each = period / most;
    while (true) {
      long full = fullAt.get();
      long next = (full - now > 0 ? full : now) + each;
      if (next - now > period) {
        return next - now - period;
      }
      if (fullAt.compareAndSet(full, next)) {
        return 0;
      }
    }
  }
}
