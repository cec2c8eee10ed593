package vn.luot.admin.votes;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import vn.luot.admin.body.Text;
import vn.luot.refusal.Refusal;

/** Why an owner decides so about a vote. */
@Schema(name = "VoteJudgementReason", requiredProperties = "reason")
public record JudgementReason(
    @Schema(
            description = "Kept with who decided, and when",
            minLength = 1,
            maxLength = 500,
            examples = "40 votes from one office within a minute")
        String reason) {
  String checked() {
    if (!Text.isFit(reason, Text.REASON)) {
      throw Refusal.ofField("reason", "say why in 1 to 500 characters, none of them a control");
    }
    return reason.strip();
  }
}
