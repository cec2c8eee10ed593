package vn.luot.rating;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.io.IOException;
import vn.luot.refusal.Reason;
import vn.luot.refusal.Refusal;

/** Reads what a voter sends, strictly: a string or a fraction must not be taken for stars. */
public final class VoteReader {
  private static final int MOST_BYTES = 2048;

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

  private VoteReader() {}

  static VoteRequest vote(byte[] body) {
    return read(body, VoteRequest.class).checked();
  }

  static VoterClaim withdrawal(byte[] body) {
    VoterClaim claim = read(body, VoterClaim.class).checked();
    if (claim.isEmpty()) {
      throw Refusal.ofField("voter", "send the token that came with the vote, or its nonce");
    }
    return claim;
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
    } catch (JsonProcessingException e) {
      // Answered below, like any other body that is no object.
    } catch (IOException e) {
      throw new IllegalStateException("bytes in memory can always be read", e);
    }
    throw Refusal.of(Reason.MALFORMED, "Send a JSON object, such as {\"stars\":5}.");
  }

  private static Refusal wrongType(String field) {
    return "stars".equals(field)
        ? Refusal.ofField(field, "a whole number from 1 to 5")
        : Refusal.ofField(field, "send it as a string");
  }

  public static void refuseLarge(byte[] body) {
    if (body.length > MOST_BYTES) {
      throw Refusal.of(Reason.TOO_LARGE, "Send at most " + MOST_BYTES + " bytes.");
    }
  }
}
