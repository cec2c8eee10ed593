package vn.luot.refusal;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.luot.refusal.Refusal.FieldError;

/** Collects what is wrong with a request, so that all of it is said at once. */
public final class FieldErrors {
  private final List<FieldError> errors = new ArrayList<>();

  /** {@code detail} says what to send instead. */
  public FieldErrors require(boolean allowed, String field, String detail) {
    if (!allowed) {
      errors.add(new FieldError(field, detail));
    }
    return this;
  }

  /** {@code value}: a whole number within limits, or null. */
  public FieldErrors require(@Nullable Integer value, int least, int most, String field) {
    boolean allowed = value == null || value >= least && value <= most;
    return require(allowed, field, "a whole number from %d to %d".formatted(least, most));
  }

  public void refuseIfAny() {
    if (!errors.isEmpty()) {
      throw Refusal.ofFields(errors);
    }
  }
}
