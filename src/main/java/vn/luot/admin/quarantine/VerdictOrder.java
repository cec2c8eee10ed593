package vn.luot.admin.quarantine;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import vn.luot.admin.body.Text;
import vn.luot.admin.settlement.Verdict;
import vn.luot.refusal.FieldErrors;

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
