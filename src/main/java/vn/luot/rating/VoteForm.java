package vn.luot.rating;

import jakarta.ws.rs.core.MediaType;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import vn.luot.connection.Internals;
import vn.luot.refusal.Reason;
import vn.luot.refusal.Refusal;

/**
 * What an HTML form sends, read by hand: the framework's own reader leaves a broken form unanswered
 * or logs what is in it. A field that was not sent is null.
 */
record VoteForm(String stars, String page, String voter, String nonce, String back) {
  static VoteForm of(byte[] body, String contentType) {
    VoteReader.refuseLarge(body);
    try {
      Map<String, String> fields = fields(body, charset(contentType));
      return new VoteForm(
          given(fields.get("stars")),
          fields.get("page"),
          given(fields.get("voter")),
          given(fields.get("nonce")),
          fields.get("back"));
    } catch (IllegalArgumentException e) {
      throw Refusal.of(
          Reason.MALFORMED, "Send a form in UTF-8, percent-encoded, such as stars=5&page=%2Fa.");
    }
  }

  /** A hidden field that nobody filled is empty. */
  private static String given(String field) {
    return field == null || field.isBlank() ? null : field;
  }

  /** Everything in a form is text. */
  VoteRequest vote() {
    Integer number = stars.matches("[1-5]") ? Integer.valueOf(stars) : null;
    return new VoteRequest(number, voter, nonce).checked();
  }

  /** Of a field that was sent more than once, the first. */
  private static Map<String, String> fields(byte[] body, Charset charset) {
    Map<String, String> fields = new HashMap<>();
    for (String field : new String(body, charset).split("&")) {
      String[] pair = field.split("=", 2);
      String value = pair.length < 2 ? "" : Internals.formComponent(pair[1], charset);
      fields.putIfAbsent(Internals.formComponent(pair[0], charset), value);
    }
    return fields;
  }

  private static Charset charset(String contentType) {
    String named =
        contentType == null ? null : MediaType.valueOf(contentType).getParameters().get("charset");
    return named == null ? StandardCharsets.UTF_8 : Charset.forName(named);
  }
}
