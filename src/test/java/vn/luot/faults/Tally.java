package vn.luot.faults;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;

/** How every hit of a load was answered, in all and by page. */
final class Tally {
  private static final int OK = 200;
  private static final int UNAVAILABLE = 503;

  final AtomicIntegerArray acknowledged;
  final AtomicIntegerArray uncertain;

  final AtomicInteger ok = new AtomicInteger();
  final AtomicInteger refused = new AtomicInteger();
  final AtomicInteger refusedWithoutRetryAfter = new AtomicInteger();
  final AtomicInteger otherwise = new AtomicInteger();
  final AtomicInteger unanswered = new AtomicInteger();
  private final AtomicLong slowestNanos = new AtomicLong();

  /** How many hits took so many milliseconds; the last one holds all that took longer. */
  private final AtomicIntegerArray took = new AtomicIntegerArray(10_000);

  Tally(int places) {
    acknowledged = new AtomicIntegerArray(places);
    uncertain = new AtomicIntegerArray(places);
  }

  void answered(int place, int status, String retryAfter, long nanos) {
    slowestNanos.accumulateAndGet(nanos, Math::max);
    took.incrementAndGet((int) Math.min(nanos / 1_000_000, took.length() - 1));
    if (status == OK) {
      ok.incrementAndGet();
      acknowledged.incrementAndGet(place);
      return;
    }
    uncertain.incrementAndGet(place);
    if (status != UNAVAILABLE) {
      otherwise.incrementAndGet();
    } else {
      refused.incrementAndGet();
      if (retryAfter == null) {
        refusedWithoutRetryAfter.incrementAndGet();
      }
    }
  }

  /** No answer: the connection could not be made or ended before. */
  void unanswered(int place, long nanos) {
    slowestNanos.accumulateAndGet(nanos, Math::max);
    uncertain.incrementAndGet(place);
    unanswered.incrementAndGet();
  }

  /** What so many percent of the answers took at most since this was asked last. */
  long takePercentileMillis(int percent) {
    long all = 0;
    int[] counts = new int[took.length()];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = took.getAndSet(i, 0);
      all += counts[i];
    }
    long below = 0;
    int millis = -1;
    while (millis + 1 < counts.length && below * 100 < all * percent) {
      below += counts[++millis];
    }
    return millis;
  }

  /** The longest that a hit waited since this was asked last. */
  long takeSlowestMillis() {
    return slowestNanos.getAndSet(0) / 1_000_000;
  }
}
