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

  Tally(int places) {
    acknowledged = new AtomicIntegerArray(places);
    uncertain = new AtomicIntegerArray(places);
  }

  void answered(int place, int status, String retryAfter, long nanos) {
    slowestNanos.accumulateAndGet(nanos, Math::max);
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

  /** The longest that a hit waited since this was asked last. */
  long takeSlowestMillis() {
    return slowestNanos.getAndSet(0) / 1_000_000;
  }
}
