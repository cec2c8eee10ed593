package vn.luot.hit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import vn.luot.refusal.Reason;
import vn.luot.refusal.Refusal;

/** Reads the body of a hit, whatever media type a page had to use to avoid a preflight. */
@ApplicationScoped
public class HitReader {
  static final int MOST_BYTES = 2048;

  private final ObjectReader reader;

  HitReader(ObjectMapper json) {
    this.reader =
        json.readerFor(HitRequest.class).with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  }

  HitRequest read(byte[] body) {
    if (body.length > MOST_BYTES) {
      throw Refusal.of(Reason.TOO_LARGE, "Send at most " + MOST_BYTES + " bytes.");
    }
    try {
      HitRequest request = reader.readValue(body);
      if (request == null) {
        throw malformed();
      }
      return request;
    } catch (JsonProcessingException e) {
      throw malformed();
    } catch (IOException e) {
      throw new IllegalStateException("bytes in memory can always be read", e);
    }
  }

  private static Refusal malformed() {
    return Refusal.of(Reason.MALFORMED, "Send a JSON object, such as {\"page\":\"/tin-tuc/a\"}.");
  }
}
