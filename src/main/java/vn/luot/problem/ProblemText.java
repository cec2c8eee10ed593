package vn.luot.problem;

import static vn.luot.refusal.Html.escaped;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import vn.luot.refusal.Language;
import vn.luot.refusal.Problem;
import vn.luot.refusal.Reason;
import vn.luot.refusal.Refusal;

/**
 * A refusal as it is sent: problem details, and to a browser that shows the answer as a page, as
 * after a form, a page of it.
 *
 * @param type the media type
 * @param headers all others
 */
record ProblemText(String type, Map<String, String> headers, byte[] text) {
  /** Nothing in it may do anything. */
  private static final String POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'";

  /** {@code path} is null where the request has none that can be read. */
  static ProblemText of(Refusal refusal, String path, MultiMap asked) {
    // Owners' programs read English, which names what to change.
    boolean isPublic = path != null && path.startsWith("/v1/");
    String accept = asked.get(HttpHeaders.ACCEPT);
    String languages = isPublic ? asked.get(HttpHeaders.ACCEPT_LANGUAGE) : null;
    if (isPublic && accept != null && accept.startsWith("text/html,")) {
      Language language = Language.of(languages, Language.VIETNAMESE);
      byte[] page = page(Problem.of(refusal, language), language);
      Map<String, String> headers = headers(refusal);
      headers.put("Content-Security-Policy", POLICY);
      return new ProblemText("text/html;charset=UTF-8", headers, page);
    }
    Language language = Language.of(languages, Language.ENGLISH);
    return new ProblemText(
        Problem.MEDIA_TYPE, headers(refusal), Problem.of(refusal, language).json());
  }

  private static Map<String, String> headers(Refusal refusal) {
    Map<String, String> headers = new HashMap<>();
    headers.put("Cache-Control", "no-store");
    if (refusal.reason() == Reason.UNAUTHENTICATED) {
      headers.put("WWW-Authenticate", "Bearer");
    }
    if (refusal.retryAfter() != null) {
      headers.put("Retry-After", Long.toString(refusal.retryAfter().toSeconds()));
    }
    return headers;
  }

  private static byte[] page(Problem problem, Language language) {
    boolean english = language == Language.ENGLISH;
    return """
    <!doctype html>
    <html lang="%1$s">
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>%2$s</title>
    <style>body{font:1.1rem/1.5 system-ui,sans-serif;max-width:30rem;margin:2rem auto;padding:0 1rem}</style>
    <h1>%2$s</h1>
    <p>%3$s</p>
    <p>%4$s</p>
    </html>
    """
        .formatted(
            language.tag(),
            problem.title(),
            escaped(problem.detail()),
            english ? "Go back to return to the page." : "Bấm nút quay lại để trở về trang.")
        .getBytes(StandardCharsets.UTF_8);
  }
}
