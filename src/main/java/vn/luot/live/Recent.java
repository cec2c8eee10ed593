package vn.luot.live;

import java.time.Duration;
import java.util.Arrays;
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

  /**
   * Numbers by hashes, which are themselves where to look. Taken out all at once, or not at all.
   */
  private static final class HashedLongs {
    private static final int LEAST = 512;

    /** Stands for the hash 0, which marks what is free. */
    private static final long ZERO = 1L << 40;

    /** A table so much emptier than it could be is halved when it is cleared. */
    private static final int SPARSE = 8;

    /** A hash and its number side by side; never more than half of them are taken. */
    private long[] pairs = new long[2 * LEAST];

    private int size;

    long get(long hash) {
      int at = place(hash);
      return pairs[at] == 0 ? ABSENT : pairs[at + 1];
    }

    void put(long hash, long value) {
      int at = place(hash);
      if (pairs[at] == 0) {
        size++;
        pairs[at] = hash == 0 ? ZERO : hash;
      }
      pairs[at + 1] = value;
      if (4 * size > pairs.length) {
        grow();
      }
    }

    int size() {
      return size;
    }

    /**
     * Keeps the table for what comes next: one that grows anew each time lives just long enough to
     * cost a collection of the whole heap.
     */
    void clear() {
      boolean sparse = (long) SPARSE * 2 * size < pairs.length && pairs.length > 2 * LEAST;
      if (sparse) {
        pairs = new long[pairs.length / 2];
      } else {
        Arrays.fill(pairs, 0);
      }
      size = 0;
    }

    /** Where it is, or where it would be. */
    private int place(long hash) {
      long wanted = hash == 0 ? ZERO : hash;
      int last = pairs.length - 1;
      int at = (int) wanted << 1 & last;
      while (pairs[at] != 0 && pairs[at] != wanted) {
        at = at + 2 & last;
      }
      return at;
    }

    private void grow() {
      long[] before = pairs;
      pairs = new long[2 * before.length];
      for (int i = 0; i < before.length; i += 2) {
        if (before[i] != 0) {
          int at = place(before[i]);
          pairs[at] = before[i];
          pairs[at + 1] = before[i + 1];
        }
      }
    }
  }
}
