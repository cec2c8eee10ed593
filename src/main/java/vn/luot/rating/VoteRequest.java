package vn.luot.rating;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import vn.luot.refusal.Refusal;

/** The stars a voter gives. Unknown fields are ignored. */
@JsonIgnoreProperties(ignoreUnknown = true)
@Schema(name = "Vote", requiredProperties = "stars", description = "The stars a voter gives")
public record VoteRequest(
    @Schema(minimum = "1", maximum = "5", examples = "5") Integer stars,
    @Schema(
            description =
                "The token of an earlier answer; without token and nonce a vote is a new voter's")
        String voter,
    @Schema(
            description =
                "What the voter's browser chose at random and kept before it first sent. The same"
                    + " nonce is the same vote, however often it is sent",
            pattern = "[A-Za-z0-9_-]{16,64}",
            examples = "9f1c6e0a57d34b22a1d0")
        String nonce) {

  public VoteRequest checked() {
    if (stars == null || stars < 1 || stars > 5) {
      throw Refusal.ofField("stars", "a whole number from 1 to 5");
    }
    claim().checked();
    return this;
  }

  public VoterClaim claim() {
    return new VoterClaim(voter, nonce);
  }
}
