package vn.luot.rating;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import vn.luot.refusal.Refusal;

/**
 * Who says to vote. A token that the site signed comes first; the nonce is for who has none yet, or
 * whose token nobody can verify any more.
 *
 * @param voter the token of an earlier answer, or null
 * @param nonce what the voter's browser chose at random and kept before it first sent, or null
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@Schema(name = "Withdrawal", description = "The voter who withdraws: one of both")
public record VoterClaim(
    @Schema(description = "The token of an earlier answer") String voter,
    @Schema(
            description =
                "What the voter's browser chose at random and kept before it first sent. The same"
                    + " nonce is the same voter, whatever became of the answer; whoever knows it can"
                    + " change the vote",
            pattern = "[A-Za-z0-9_-]{16,64}",
            examples = "9f1c6e0a57d34b22a1d0")
        String nonce) {
  private static final Pattern NONCE = Pattern.compile("[A-Za-z0-9_-]{16,64}");

  public VoterClaim checked() {
    if (nonce != null && !NONCE.matcher(nonce).matches()) {
      throw Refusal.ofField("nonce", "16 to 64 letters, digits, - or _, chosen at random");
    }
    return this;
  }

  public boolean isEmpty() {
    return voter == null && nonce == null;
  }
}
