package vn.luot.refusal;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request that is not carried out, thrown where that is known and answered in {@code problem}.
 */
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1;
  private static final Duration SOON = Duration.ofSeconds(2);

  /** One value of the request that is not allowed, and what to send instead. */
  public record FieldError(String field, String detail) {}

  private final Reason reason;
  private final transient List<FieldError> errors;
  private final transient @Nullable Duration retryAfter;

  private Refusal(
      Reason reason, String detail, List<FieldError> errors, @Nullable Duration retryAfter) {
    // No stack trace: a refusal is an answer, and an attacker must not be able to make it costly.
    super(detail, null, false, false);
    this.reason = reason;
    this.errors = errors;
    this.retryAfter = retryAfter;
  }

  public static Refusal of(Reason reason, String detail) {
    return new Refusal(reason, detail, List.of(), null);
  }

  /** A refusal that may be gone soon: its answer carries {@code Retry-After}. */
  public static Refusal forNow(Reason reason, String detail) {
    return new Refusal(reason, detail, List.of(), SOON);
  }

  public static Refusal after(Reason reason, String detail, Duration retryAfter) {
    return new Refusal(reason, detail, List.of(), retryAfter);
  }

  /** {@code error} is for programs that help whoever made the mistake. */
  public static Refusal of(Reason reason, String detail, FieldError error) {
    return new Refusal(reason, detail, List.of(error), null);
  }

  public static Refusal ofField(String field, String detail) {
    return new Refusal(
        Reason.OUT_OF_RANGE, field + ": " + detail, List.of(new FieldError(field, detail)), null);
  }

  /** A range that cannot be, or is too long: 400, since it is the question that makes no sense. */
  public static Refusal ofRange(String field, String detail) {
    return new Refusal(
        Reason.MALFORMED, field + ": " + detail, List.of(new FieldError(field, detail)), null);
  }

  /** Several values at once, so that a form is mended in one round. */
  public static Refusal ofFields(List<FieldError> errors) {
    FieldError first = errors.get(0);
    return new Refusal(
        Reason.OUT_OF_RANGE, first.field() + ": " + first.detail(), List.copyOf(errors), null);
  }

  public Reason reason() {
    return reason;
  }

  public List<FieldError> errors() {
    return errors;
  }

  /** When to try again; null where trying again changes nothing. */
  public @Nullable Duration retryAfter() {
    return retryAfter;
  }
}
