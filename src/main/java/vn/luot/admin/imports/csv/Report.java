package vn.luot.admin.imports.csv;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How far a file is read, and what is wrong with it. */
public abstract class Report<L> implements CsvFile.Sink<L> {
  /** Enough to mend the file by; the rest is counted. */
  private static final int MOST_SHOWN = 100;

  private final Runnable progress;
  private final List<ImportError> errors = new ArrayList<>();
  public volatile long checked;
  public long accepted;
  public long refused;

  /** {@code progress} is called now and then. */
  protected Report(Runnable progress) {
    this.progress = progress;
  }

  public List<ImportError> errors() {
    return List.copyOf(errors);
  }

  @Override
  public final void refuse(long line, int column, String detail) {
    passed(line);
    refused++;
    if (errors.size() < MOST_SHOWN) {
      errors.add(new ImportError(line, column, detail));
    }
  }

  /** Says what is wrong with the file as a whole, in place of what is wrong in its lines. */
  protected final void refuseAll(String detail) {
    errors.clear();
    refuse(checked, 0, detail);
  }

  protected void passed(long line) {
    checked = Math.max(checked, line);
    progress.run();
  }

  /** What is wrong in a line of a file. */
  @Schema(name = "ImportError")
  public record ImportError(
      @Schema(description = "Line of the file, from 1") long line,
      @Schema(description = "Column (field) of the line, from 1; 0 for the line as a whole")
          int column,
      @Schema(description = "What to change") String detail) {}
}
