package vn.luot.admin.imports.csv;

import java.util.ArrayList;
import java.util.List;

/** Reads a file to its end before anything is written, and collects what is wrong with it. */
public final class Checker implements CsvFile.Sink {
  /** Enough to mend the file by; the rest is counted. */
  private static final int MOST_SHOWN = 100;

  private final Runnable progress;
  private final SeenLines seen;
  private final List<ImportError> errors = new ArrayList<>();
  public volatile long checked;
  public long accepted;
  public long refused;

  /** {@code lines} the file has; {@code progress} is called now and then. */
  public Checker(long lines, Runnable progress) {
    this.seen = new SeenLines(lines);
    this.progress = progress;
  }

  public List<ImportError> errors() {
    return List.copyOf(errors);
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

  @Override
  public void refuse(long line, int column, String detail) {
    passed(line);
    refused++;
    if (errors.size() < MOST_SHOWN) {
      errors.add(new ImportError(line, column, detail));
    }
  }

  /** A file in which nothing is found is not what its sender thinks it is. */
  public void requireSomething() {
    if (accepted == 0 && refused == 0) {
      refuse(1, 0, "no number is in the file");
    }
  }

  private void passed(long line) {
    checked = Math.max(checked, line);
    progress.run();
  }
}
