package vn.luot.admin.imports.csv;

/**
 * The line each page and day was named in: an open-addressing hash table of numbers, 15 bytes a
 * line of the file, since a HashMap would take ten times as much. It is made as large as it gets.
 */
final class SeenLines {
  private final long[] keys;
  private final int[] lines;

  SeenLines(long most) {
    int slots = (int) (most + most / 4) + 8;
    keys = new long[slots];
    lines = new int[slots];
  }

  /** The line that named the key before, or 0; then this one does. 0 is no line. */
  int put(long key, int line) {
    int at = (int) Math.multiplyHigh(key >>> 1, 2L * lines.length);
    while (lines[at] != 0 && keys[at] != key) {
      at = at + 1 == lines.length ? 0 : at + 1;
    }
    if (lines[at] != 0) {
      return lines[at];
    }
    keys[at] = key;
    lines[at] = line;
    return 0;
  }
}
