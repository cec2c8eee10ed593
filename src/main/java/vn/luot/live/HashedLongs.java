package vn.luot.live;

import java.util.Arrays;

/** Numbers by hashes, which are themselves where to look. Taken out all at once, or not at all. */
final class HashedLongs {
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
    return pairs[at] == 0 ? Recent.ABSENT : pairs[at + 1];
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
