package vn.luot.rating;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.io.IOException;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import vn.luot.refusal.Reason;
import vn.luot.refusal.Refusal;

/** The stars a voter gives. Unknown fields are ignored. */
@JsonIgnoreProperties(ignoreUnknown = true)
@Schema(name = "Vote", requiredProperties = "stars", description = "The stars a voter gives")
public record VoteRequest(
    @Schema(minimum = "1", maximum = "5", examples = "5") Integer stars,
    @Schema(
            description =
                "The token of an earlier answer; without token and nonce a vote is a new voter's")
        @Nullable String voter,
    @Schema(
            description =
                "What the voter's browser chose at random and kept before it first sent. The same"
                    + " nonce is the same vote, however often it is sent",
            pattern = "[A-Za-z0-9_-]{16,64}",
            examples = "9f1c6e0a57d34b22a1d0")
        @Nullable String nonce) {
  private static final int MOST_BYTES = 2048;

  /** Strict: a string or a fraction must not be taken for stars. */
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .withCoercionConfig(
              LogicalType.Textual,
              text ->
                  text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                      .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                      .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
          .build();

  static VoteRequest of(byte[] body) {
    return read(body, VoteRequest.class).checked();
  }

  static VoterClaim withdrawal(byte[] body) {
    VoterClaim claim = read(body, VoterClaim.class).checked();
    if (claim.isEmpty()) {
      throw Refusal.ofField("voter", "send the token that came with the vote, or its nonce");
    }
    return claim;
  }

  VoteRequest checked() {
    if (stars == null || stars < 1 || stars > 5) {
      throw Refusal.ofField("stars", "a whole number from 1 to 5");
    }
    claim().checked();
    return this;
  }

  VoterClaim claim() {
    return new VoterClaim(voter, nonce);
  }

  private static <T> T read(byte[] body, Class<T> type) {
    refuseLarge(body);
    try {
      T sent = JSON.readValue(body, type);
      if (sent != null) {
        return sent;
      }
    } catch (JsonMappingException e) {
      if (!e.getPath().isEmpty()) {
        throw wrongType(e.getPath().get(0).getFieldName());
      }
    } catch (IOException e) {
      // Answered below, like any other body that is no object.
    }
    throw Refusal.of(Reason.MALFORMED, "Send a JSON object, such as {\"stars\":5}.");
  }

  private static Refusal wrongType(String field) {
    return "stars".equals(field)
        ? Refusal.ofField(field, "a whole number from 1 to 5")
        : Refusal.ofField(field, "send it as a string");
  }

  static void refuseLarge(byte[] body) {
    if (body.length > MOST_BYTES) {
      throw Refusal.of(Reason.TOO_LARGE, "Send at most " + MOST_BYTES + " bytes.");
    }
  }

  /**
   * Who says to vote. A token that the site signed comes first; the nonce is for who has none yet,
   * or whose token nobody can verify any more.
   *
   * @param voter the token of an earlier answer, or null
   * @param nonce what the voter's browser chose at random and kept before it first sent, or null
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @Schema(name = "Withdrawal", description = "The voter who withdraws: one of both")
  public record VoterClaim(
      @Schema(description = "The token of an earlier answer") @Nullable String voter,
      @Schema(
              description =
                  "What the voter's browser chose at random and kept before it first sent. The same"
                      + " nonce is the same voter, whatever became of the answer; whoever knows it can"
                      + " change the vote",
              pattern = "[A-Za-z0-9_-]{16,64}",
              examples = "9f1c6e0a57d34b22a1d0")
          @Nullable String nonce) {
    private static final Pattern NONCE = Pattern.compile("[A-Za-z0-9_-]{16,64}");

    VoterClaim checked() {
      if (nonce != null && !NONCE.matcher(nonce).matches()) {
        throw Refusal.ofField("nonce", "16 to 64 letters, digits, - or _, chosen at random");
      }
      return this;
    }

    public boolean isEmpty() {
      return voter == null && nonce == null;
    }
  }
}
