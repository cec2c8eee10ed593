package vn.luot.admin.quarantine;

import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import vn.luot.admin.call.Text;
import vn.luot.refusal.FieldErrors;

/** What becomes of a day in quarantine. */
public enum Verdict {
  /** It counts, as if it had never been kept apart. */
  ADMITTED,
  /** It never counts. */
  DROPPED;

  /** As the table keeps it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Verdict of(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }

  /** How an owner judges a day in quarantine. */
  @Schema(
      name = "QuarantineVerdictOrder",
      requiredProperties = {"verdict", "reason"})
  public record VerdictOrder(
      @Schema(
              description = "admit: its views count from now on; drop: they never do",
              enumeration = {"admit", "drop"})
          String verdict,
      @Schema(
              description = "Kept with who decided, and when",
              minLength = 1,
              maxLength = 500,
              examples = "The festival was on television")
          String reason) {

    VerdictOrder checked() {
      new FieldErrors()
          .require("admit".equals(verdict) || "drop".equals(verdict), "verdict", "admit or drop")
          .require(
              Text.isFit(reason, Text.REASON),
              "reason",
              "say why in 1 to 500 characters, none of them a control")
          .refuseIfAny();
      return this;
    }

    Verdict asVerdict() {
      return verdict.equals("admit") ? Verdict.ADMITTED : Verdict.DROPPED;
    }
  }
}
