package vn.luot.rating;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import vn.luot.refusal.Reason;
import vn.luot.refusal.Refusal;

/** Reads what a voter sends, by hand: a string or a fraction must not be taken for stars. */
@ApplicationScoped
class VoteReader {
  private static final int MOST_BYTES = 2048;

  private final ObjectReader json;

  VoteReader(ObjectMapper json) {
    this.json = json.reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  }

  /** {@code voter} is null where none was sent. */
  record VoteRequest(int stars, String voter) {}

  VoteRequest vote(byte[] body) {
    JsonNode sent = object(body);
    JsonNode stars = sent.get("stars");
    if (stars == null || !stars.isInt()) {
      throw outOfRange();
    }
    return vote(stars.intValue(), voter(sent));
  }

  static VoteRequest vote(int stars, String voter) {
    if (stars < 1 || stars > 5) {
      throw outOfRange();
    }
    return new VoteRequest(stars, voter);
  }

  /** Of a form, where everything is text. */
  static VoteRequest ofForm(String stars, String voter) {
    if (stars == null || !stars.matches("[1-5]")) {
      throw outOfRange();
    }
    return vote(Integer.parseInt(stars), voter == null || voter.isBlank() ? null : voter);
  }

  String withdrawal(byte[] body) {
    String voter = voter(object(body));
    if (voter == null) {
      throw Refusal.ofField("voter", "send the token that came with the vote");
    }
    return voter;
  }

  private static String voter(JsonNode sent) {
    JsonNode voter = sent.get("voter");
    if (voter == null || voter.isNull()) {
      return null;
    }
    if (!voter.isTextual()) {
      throw Refusal.ofField("voter", "send the token as a string");
    }
    return voter.textValue();
  }

  private JsonNode object(byte[] body) {
    refuseLarge(body);
    try {
      JsonNode sent = json.readTree(body);
      if (sent != null && sent.isObject()) {
        return sent;
      }
    } catch (IOException e) {
      // Answered below, like any other body that is no object.
    }
    throw Refusal.of(Reason.MALFORMED, "Send a JSON object, such as {\"stars\":5}.");
  }

  static void refuseLarge(byte[] body) {
    if (body.length > MOST_BYTES) {
      throw Refusal.of(Reason.TOO_LARGE, "Send at most " + MOST_BYTES + " bytes.");
    }
  }

  private static Refusal outOfRange() {
    return Refusal.ofField("stars", "a whole number from 1 to 5");
  }
}
