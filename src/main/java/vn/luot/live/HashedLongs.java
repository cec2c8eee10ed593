package vn.luot.live;

/** Numbers by hashes, which are themselves where to look. Nothing is ever taken out. */
final class HashedLongs {
  private static final int LEAST = 512;

  /** Stands for the hash 0, which marks what is free. */
  private static final long ZERO = 1L << 40;

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
