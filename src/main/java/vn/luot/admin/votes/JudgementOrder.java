package vn.luot.admin.votes;

import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import vn.luot.admin.call.Text;
import vn.luot.refusal.Refusal;

/** What an owner decides about many votes at once. */
@Schema(
    name = "VoteJudgementOrder",
    requiredProperties = {"action", "ids", "reason"})
public record JudgementOrder(
    @Schema(enumeration = {"remove", "admit"}) String action,
    @Schema(description = "As the list of votes names them", minItems = 1, maxItems = MOST)
        List<Long> ids,
    @Schema(
            description = "Kept with who decided, and when",
            minLength = 1,
            maxLength = 500,
            examples = "40 votes from one office within a minute")
        String reason) {
  static final int MOST = 500;

  /** How many of the votes were changed by it. */
  @Schema(name = "VotesJudged")
  public record Judged(int changed) {}

  JudgementOrder checked() {
    if (!"remove".equals(action) && !"admit".equals(action)) {
      throw Refusal.ofField("action", "remove or admit");
    }
    if (ids == null
        || ids.isEmpty()
        || ids.size() > MOST
        || ids.stream().anyMatch(Objects::isNull)) {
      throw Refusal.ofField("ids", "1 to " + MOST + " ids of votes");
    }
    return new JudgementOrder(action, ids, new JudgementReason(reason).checked());
  }

  boolean isAdmission() {
    return action.equals("admit");
  }

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
}
