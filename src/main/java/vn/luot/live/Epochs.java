package vn.luot.live;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import vn.luot.visitor.Mixed;

/** The epoch of each bucket as far as this pod knows; scripts say when it is another. */
@ApplicationScoped
public class Epochs {
  /** No epoch has this number: a guess of it is corrected by the first call. */
  static final long UNKNOWN = 0;

  // 48 bits: exact in Lua's numbers, short in key names, and epochs are few.
  private static final long MASK = (1L << 48) - 1;

  private final AtomicLongArray known = new AtomicLongArray(Keys.BUCKETS);
  private final AtomicLongArray previous = new AtomicLongArray(Keys.BUCKETS);
  private final AtomicLong random = new AtomicLong(new SecureRandom().nextLong());
  private final Counter opened;
  private volatile int changes;

  Epochs(MeterRegistry metrics) {
    opened = metrics.counter("luot.epochs.opened");
  }

  public long of(int bucket) {
    return known.get(bucket);
  }

  /** The epoch before, some of which may not be flushed yet. */
  public long before(int bucket) {
    return previous.get(bucket);
  }

  /**
   * A number for an epoch that a script may have to open; every call names one. SplitMix64 from a
   * seed that nobody shares: a draw from the secure source was 1 % of a hit.
   */
  long fresh() {
    return (Mixed.of(random.addAndGet(0x9E3779B97F4A7C15L)) & MASK) | 1;
  }

  /** {@code offered} is the fresh number the script was given to open one, if any. */
  void learn(int bucket, long epoch, long before, long offered) {
    previous.set(bucket, before);
    if (known.getAndSet(bucket, epoch) != epoch) {
      changes++;
      if (epoch == offered && epoch != UNKNOWN) {
        opened.increment();
      }
    }
  }

  /** Grows whenever an epoch is learnt: what was remembered of Redis before may be gone from it. */
  int changes() {
    return changes;
  }
}
