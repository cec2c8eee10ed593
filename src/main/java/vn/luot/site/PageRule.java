package vn.luot.site;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import vn.luot.refusal.Refusal;
import vn.luot.site.page.Measure;
import vn.luot.site.page.Page;
import vn.luot.site.page.PageTitle;
import vn.luot.site.page.PathSegments;
import vn.luot.site.page.PercentDecoder;

/**
 * Makes one page out of the many ways to write its address. Normalising twice gives what
 * normalising once gives.
 *
 * <p>A path is decoded once, composed (NFC), loses its fragment, doubled and trailing slashes,
 * sessions, a directory's own document at its end, and every query parameter that the site does not
 * name, in capitals or not; what is left of the query is sorted. A value that has neither a slash
 * nor an origin is an explicit id and only composed.
 *
 * @param parameters of the query, by which the site tells its pages apart
 * @param ignoreIndexInPaths whether a directory's own document is left out everywhere in a path
 */
public record PageRule(Collection<String> parameters, boolean ignoreIndexInPaths) {
  public static final int MAX_BYTES = 512;
  private static final Pattern ORIGIN = Pattern.compile("(?i)https?://[^/?#]*");

  /** No word has more (UAX #15, section 13); to compose them takes time by their number squared. */
  private static final int MOST_MARKS = 30;

  private static final HexFormat ESCAPES = HexFormat.of().withUpperCase().withPrefix("%");

  /** What a lenient decoder makes of bytes that are no UTF-8: no page is called that. */
  private static final int REPLACEMENT = 0xFFFD;

  /** Of a site. Refuses, naming {@code field}, what cannot be a page. */
  public static Page page(Site site, @Nullable String raw, String field) {
    return of(site).page(withoutOrigin(site, raw), field);
  }

  /** The same, or what else is counted by a path where its prefix stands before it. */
  public static Page counted(Site site, String raw, String field) {
    Measure measure = Measure.VIEWS;
    for (Measure other : Measure.values()) {
      measure = raw != null && raw.startsWith(other.prefix) ? other : measure;
    }
    String path = raw == null ? null : raw.substring(measure.prefix.length());
    return page(site, path, field).counting(measure);
  }

  /** Of a site that has set nothing but parameters. */
  public static Page page(String raw, Collection<String> parameters, String field) {
    return new PageRule(parameters, false).page(raw, field);
  }

  private static PageRule of(Site site) {
    return new PageRule(site.rules().pageParameters(), site.rules().ignoreIndexInPaths());
  }

  /** Refuses, naming {@code field}, what cannot be a page. */
  Page page(@Nullable String raw, String field) {
    String path = path(raw, field);
    if (isTooLong(path)) {
      throw Refusal.ofField(field, "a page may have at most " + MAX_BYTES + " bytes of UTF-8");
    }
    return Page.of(path);
  }

  /** What a hit counts for: of an address too long to be a page's at least the site is known. */
  public static Page ofHit(Site site, @Nullable String raw, String field) {
    String path = of(site).path(withoutOrigin(site, raw), field);
    return isTooLong(path) ? Page.OTHER : Page.of(path);
  }

  private static boolean isTooLong(String path) {
    return path.length() > MAX_BYTES / 3
        && path.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES;
  }

  private String path(@Nullable String raw, String field) {
    if (raw == null || raw.isBlank()) {
      throw Refusal.ofField(field, "send the page's path, such as /tin-tuc/a");
    }
    String text = raw.startsWith("/") ? raw : relative(raw.strip());
    return isPlain(text) ? text : normalise(text, field);
  }

  /** {@code //host/a} is {@code /a} where the host is one of the site's; else a doubled slash. */
  private static @Nullable String withoutOrigin(Site site, @Nullable String raw) {
    if (raw != null && raw.startsWith("//")) {
      for (String origin : site.rules().origins()) {
        String host = origin.substring(origin.indexOf("//"));
        if (raw.startsWith(host) && raw.startsWith("/", host.length())) {
          return raw.substring(host.length());
        }
      }
    }
    return raw;
  }

  /** An address, whole or relative, is the path in it; anything else an explicit id. */
  private static String relative(String text) {
    Matcher origin = ORIGIN.matcher(text);
    if (origin.lookingAt()) {
      String rest = text.substring(origin.end());
      return rest.startsWith("/") ? rest : "/" + rest;
    }
    int slash = text.indexOf('/');
    return slash > 0 && text.indexOf(':') < 0 ? "/" + text : text;
  }

  /** Most paths are plain and need no work: letters, digits, dashes, single slashes. */
  private boolean isPlain(String raw) {
    if (raw.charAt(0) != '/' || (raw.length() > 1 && raw.endsWith("/"))) {
      return false;
    }
    char before = 0;
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      boolean word =
          (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
      if (!word && c != '_' && (before == '/' || (c != '/' && c != '.'))) {
        return false;
      }
      before = c;
    }
    int last = raw.lastIndexOf('/');
    return !PathSegments.isDocument(raw.substring(last + 1))
        && !(ignoreIndexInPaths && raw.lastIndexOf('.', last) >= 0);
  }

  private String normalise(String raw, String field) {
    if (raw.charAt(0) != '/') {
      return explicitId(raw, field);
    }
    String address = before(raw, '#');
    String path = before(address, '?');
    String query = path.length() == address.length() ? "" : address.substring(path.length() + 1);
    String decoded = composed(PercentDecoder.decode(path, "%?#", field), field);
    return "/"
        + visible(PathSegments.kept(decoded, ignoreIndexInPaths, field))
        + query(query, field);
  }

  private static String explicitId(String raw, String field) {
    String id = visible(composed(raw, field));
    if (id.startsWith("~")) {
      throw Refusal.ofField(field, "an id may not begin with ~");
    }
    return id;
  }

  /** Lists show paths: what is invisible or turns the direction of text stays encoded. */
  private static String visible(String text) {
    if (text.codePoints().allMatch(PageTitle::isVisible)) {
      return text;
    }
    return text.codePoints()
        .mapToObj(c -> PageTitle.isVisible(c) ? Character.toString(c) : escaped(c))
        .collect(Collectors.joining());
  }

  private static String escaped(int c) {
    return ESCAPES.formatHex(Character.toString(c).getBytes(StandardCharsets.UTF_8));
  }

  private String query(String query, String field) {
    if (query.isEmpty() || parameters.isEmpty()) {
      return "";
    }
    List<String> kept = new ArrayList<>();
    for (String pair : query.split("&")) {
      String decoded = composed(PercentDecoder.decode(pair, "%&#", field), field);
      String name = before(decoded, '=');
      String named = named(name);
      if (named != null) {
        kept.add(visible(named + decoded.substring(name.length())));
      }
    }
    StringJoiner joined = new StringJoiner("&", "?", "").setEmptyValue("");
    kept.stream().sorted(Comparator.naturalOrder()).forEach(joined::add);
    return joined.toString();
  }

  /** As the site writes it: many servers do not distinguish capitals. Null where it has no such. */
  private @Nullable String named(String name) {
    if (parameters.contains(name)) {
      return name;
    }
    for (String parameter : parameters) {
      if (name.equalsIgnoreCase(parameter)) {
        return parameter;
      }
    }
    return null;
  }

  private static String composed(String text, String field) {
    requireFit(text, field);
    String composed = Normalizer.normalize(text, Normalizer.Form.NFC);
    // Some marks become two.
    requireFit(composed, field);
    return composed;
  }

  private static void requireFit(String text, String field) {
    int marks = 0;
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int c = text.codePointAt(i);
      if (isUnfit(c)) {
        throw Refusal.ofField(
            field, "a page may not contain control characters or half characters");
      }
      marks = isMark(c) ? marks + 1 : 0;
      if (marks > MOST_MARKS) {
        throw Refusal.ofField(field, "a letter may have at most " + MOST_MARKS + " marks");
      }
    }
  }

  private static boolean isMark(int codePoint) {
    int type = Character.getType(codePoint);
    return type == Character.NON_SPACING_MARK
        || type == Character.COMBINING_SPACING_MARK
        || type == Character.ENCLOSING_MARK;
  }

  private static boolean isUnfit(int codePoint) {
    return Character.isISOControl(codePoint)
        || codePoint == REPLACEMENT
        || Character.getType(codePoint) == Character.SURROGATE;
  }

  private static String before(String text, char end) {
    int at = text.indexOf(end);
    return at < 0 ? text : text.substring(0, at);
  }
}
