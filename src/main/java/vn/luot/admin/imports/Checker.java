package vn.luot.admin.imports;

import java.util.ArrayList;
import java.util.List;
import vn.luot.admin.baseline.Balance;
import vn.luot.admin.imports.format.Sink;
import vn.luot.refusal.FieldErrors;
import vn.luot.refusal.Refusal;
import vn.luot.refusal.Refusal.FieldError;

/** Reads a file to its end before anything is written, and collects what is wrong with it. */
final class Checker implements Sink {
  /** Enough to mend the file by; the rest is counted. */
  private static final int MOST_SHOWN = 100;

  private final long most;
  private final Runnable progress;
  private final LineOfPage seen = new LineOfPage();
  private final List<ImportError> errors = new ArrayList<>();
  private long taken;
  volatile long checked;
  long accepted;
  long skipped;
  long refused;

  /** Takes so many balances at most; {@code progress} is called now and then. */
  Checker(long most, Runnable progress) {
    this.most = most;
    this.progress = progress;
  }

  List<ImportError> errors() {
    return List.copyOf(errors);
  }

  @Override
  public void accept(long line, Balance balance, Columns columns) {
    passed(line);
    taken++;
    if (taken > most) {
      refuseFurther(line);
      return;
    }
    long before = refused;
    FieldErrors found = new FieldErrors();
    balance.check(found, "rating_count", "rating_sum");
    try {
      found.refuseIfAny();
    } catch (Refusal refusal) {
      for (FieldError error : refusal.errors()) {
        refuse(line, columns.of(error.field()), error.field() + ": " + error.detail());
      }
    }
    if (isEmpty(balance)) {
      refuse(line, 0, "has no number to enter");
    }
    int first = seen.put(balance.page().key(), (int) line);
    if (first != 0) {
      refuse(
          line, columns.page(), "%s is in line %d already".formatted(balance.page().path(), first));
    }
    accepted += refused == before ? 1 : 0;
  }

  /** Lines do not bound them: a dump has any number in one. */
  private void refuseFurther(long line) {
    if (taken == most + 1) {
      refuse(line, 0, "at most %d balances; split the file".formatted(most));
    }
  }

  private static boolean isEmpty(Balance balance) {
    return balance.views() == null
        && balance.visits() == null
        && balance.ratingCount() == null
        && balance.ratingSum() == null;
  }

  @Override
  public void refuse(long line, int column, String detail) {
    passed(line);
    refused++;
    if (errors.size() < MOST_SHOWN) {
      errors.add(new ImportError(line, column, detail));
    }
  }

  @Override
  public void skip(long line) {
    passed(line);
    skipped++;
  }

  /** A file in which nothing is found is not what its sender thinks it is. */
  void requireSomething() {
    if (accepted == 0 && refused == 0 && skipped == 0) {
      refuse(1, 0, "no balance is in the file");
    }
  }

  private void passed(long line) {
    checked = Math.max(checked, line);
    progress.run();
  }
}
