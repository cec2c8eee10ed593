package vn.luot.rating;

import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import vn.luot.connection.Internals;
import vn.luot.refusal.Reason;
import vn.luot.refusal.Refusal;
import vn.luot.site.Site;

/**
 * What an HTML form sends, read by hand: the framework's own reader leaves a broken form unanswered
 * or logs what is in it. A field that was not sent is null.
 */
record VoteForm(
    @Nullable String stars,
    @Nullable String page,
    @Nullable String voter,
    @Nullable String nonce,
    @Nullable String back) {
  private static final Pattern UNKNOWN =
      Pattern.compile("[^!-~]|[|{}^`\"<>\\\\\\[\\]]|%(?![0-9a-fA-F]{2})");

  private static final HexFormat ESCAPES = HexFormat.of().withUpperCase().withPrefix("%");

  static VoteForm of(byte[] body, String contentType) {
    VoteRequest.refuseLarge(body);
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
  private static @Nullable String given(@Nullable String field) {
    return field == null || field.isBlank() ? null : field;
  }

  /** Everything in a form is text. */
  VoteRequest vote() {
    int number = stars != null && stars.matches("[1-5]") ? Integer.parseInt(stars) : 0;
    return new VoteRequest(number, voter, nonce).checked();
  }

  /**
   * Where the voter returns to: never anywhere but to the site, or a stranger's link would send
   * people from here to anywhere. The address that the form names; else the page that shows it, as
   * far as its browser tells; else the page that is rated, since browsers mostly tell the origin
   * alone.
   */
  URI wayBack(Site site, HttpServerRequest request) {
    if (back != null && !back.isBlank()) {
      URI named = onSite(site, back);
      if (named == null) {
        throw Refusal.ofField("back", "an address of the site to return to");
      }
      return named;
    }
    URI referer = onSite(site, request.getHeader("Referer"));
    String rated = page == null ? "" : page.strip();
    if (referer != null && (referer.getPath().length() > 1 || !rated.startsWith("/"))) {
      return referer;
    }
    URI whole = onSite(site, rated);
    if (whole != null) {
      return whole;
    }
    String origin =
        referer == null
            ? site.rules().origins().stream().sorted().findFirst().orElse("")
            : referer.getScheme() + "://" + referer.getRawAuthority();
    URI way = onSite(site, origin + (rated.startsWith("/") ? rated : "/"));
    if (way == null) {
      throw Refusal.ofField("back", "an address of the site to return to");
    }
    return way;
  }

  /** Null where it is no address of the site. */
  private static @Nullable URI onSite(Site site, String address) {
    try {
      URI way = URI.create(address == null ? "" : escaped(address));
      String port = way.getPort() < 0 ? "" : ":" + way.getPort();
      boolean allowed =
          way.getUserInfo() == null
              && site.rules().origins().contains(way.getScheme() + "://" + way.getHost() + port);
      return allowed ? way : null;
    } catch (IllegalArgumentException noAddress) {
      return null;
    }
  }

  /**
   * Browsers leave some characters of a path and a query as they are that RFC 3986 does not know.
   */
  private static String escaped(String address) {
    int path = address.indexOf('/', address.indexOf("://") + 3);
    return path < 0
        ? address
        : address.substring(0, path)
            + UNKNOWN
                .matcher(address.substring(path))
                .replaceAll(
                    found -> ESCAPES.formatHex(found.group().getBytes(StandardCharsets.UTF_8)));
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
