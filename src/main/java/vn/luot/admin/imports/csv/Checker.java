package vn.luot.admin.imports.csv;

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
}
