package vn.luot.admin.imports.csv;

import vn.luot.admin.imports.csv.CsvLines.CsvLine;

/** Reads a file to its end before anything is written, and collects what is wrong with it. */
public final class Checker extends Report<CsvLine> {
  private final SeenLines seen;

  /** {@code lines} the file has. */
  public Checker(long lines, Runnable progress) {
    super(progress);
    this.seen = new SeenLines(lines);
  }

  @Override
  public void accept(CsvLine line) {
    passed(line.number());
    int first = seen.put(line.key(), (int) line.number());
    if (first != 0) {
      refuse(
          line.number(),
          line.column(),
          "path: %s is in line %d already".formatted(line.subject(), first));
    } else {
      accepted++;
    }
  }

  /** A file in which nothing is found is not what its sender thinks it is. */
  public void requireSomething() {
    if (accepted == 0 && refused == 0) {
      refuse(1, 0, "no number is in the file");
    }
  }

  /**
   * The line each page and day was named in: an open-addressing hash table of numbers, 15 bytes a
   * line of the file, since a HashMap would take ten times as much. It is made as large as it gets.
   */
  static final class SeenLines {
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
}
