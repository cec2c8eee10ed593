package vn.luot.live;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Numbers put last, by hashes of 64 bits: for between half of the lifetime and all of it, and at
 * most so many. All bits of the hashes must be as good as random.
 *
 * <p>Two generations, of which the older is dropped as a whole. To forget early is harmless to its
 * users; a cache that ranks its entries costs them 4 microseconds for each one put, and a map of
 * objects is four places in memory to look at instead of one.
 */
public final class Recent {
  /** No number put. */
  public static final long ABSENT = Long.MIN_VALUE;

  private final int most;
  private final long nanos;
  private final LongSupplier clock;
  private HashedLongs young = new HashedLongs();
  private HashedLongs old = new HashedLongs();
  private long since;

  public Recent(int most, Duration lifetime) {
    this(most, lifetime, System::nanoTime);
  }

  /** {@code clock} in nanoseconds. */
  Recent(int most, Duration lifetime, LongSupplier clock) {
    this.most = most / 2;
    this.nanos = lifetime.toNanos() / 2;
    this.clock = clock;
    this.since = clock.getAsLong();
  }

  /** {@link #ABSENT} where it is not remembered. */
  public synchronized long get(long hash) {
    turn();
    long value = young.get(hash);
    return value == ABSENT ? old.get(hash) : value;
  }

  public synchronized void put(long hash, long value) {
    turn();
    young.put(hash, value);
  }

  /** How many are remembered. */
  public synchronized int size() {
    return young.size() + old.size();
  }

  private void turn() {
    long age = clock.getAsLong() - since;
    if (age < nanos && young.size() < most) {
      return;
    }
    boolean bothOver = age >= 2 * nanos;
    HashedLongs oldest = old;
    old = young;
    young = oldest;
    young.clear();
    if (bothOver) {
      old.clear();
    }
    // A turn that nobody was there to make counts from when it was due.
    since += age < nanos || bothOver ? age : nanos;
  }
}
