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
    while (true) {
      long full = fullAt.get();
      long next = next(full, now, period, most);
      long wait = wait(next, now, period);
      if (wait > 0 || fullAt.compareAndSet(full, next)) {
        return wait;
      }
    }
  }

  /** When a bucket that will be full at {@code full} is full again, if one more is admitted. */
  static long next(long full, long now, long period, int most) {
    return (full - now > 0 ? full : now) + period / most;
  }

  /** 0 where one more is admitted that makes it full at {@code next}. */
  static long wait(long next, long now, long period) {
    return Math.max(0, next - now - period);
  }
}
