package vn.luot.admin.pages;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vn.luot.admin.call.Cursor;
import vn.luot.admin.numbers.Span;
import vn.luot.refusal.Refusal;
import vn.luot.site.PageRule;
import vn.luot.site.page.Measure;

/**
 * Which pages are wanted.
 *
 * @param span null for all time
 * @param search null for every page
 * @param prefix of the path, null for any
 * @param afterKey where to go on; null at the beginning
 */
record PagesAsked(
    @Nullable Span span,
    PageSort sort,
    @Nullable String search,
    @Nullable String prefix,
    int limit,
    @Nullable Object afterKey,
    long afterPage) {
  private static final int LONGEST_SEARCH = 100;

  static PagesAsked of(
      @Nullable Span span,
      PageSort sort,
      @Nullable String search,
      @Nullable String prefix,
      int limit,
      @Nullable String cursor) {
    PagesAsked first = new PagesAsked(span, sort, search(search), prefix(prefix), limit, null, 0);
    return cursor == null || cursor.isEmpty() ? first : first.after(cursor);
  }

  private static @Nullable String search(@Nullable String search) {
    if (search == null || search.isBlank()) {
      return null;
    }
    if (search.length() > LONGEST_SEARCH || search.chars().anyMatch(Character::isISOControl)) {
      throw Refusal.ofField(
          "search", "at most " + LONGEST_SEARCH + " characters, none of them a control");
    }
    return Normalizer.normalize(search.strip(), Normalizer.Form.NFC);
  }

  /** Null where none is named. */
  static @Nullable String prefix(@Nullable String prefix) {
    if (prefix == null || prefix.isEmpty()) {
      return null;
    }
    if (!prefix.startsWith("/")
        || prefix.length() > PageRule.MAX_BYTES
        || prefix.chars().anyMatch(Character::isISOControl)) {
      throw Refusal.ofField(
          "prefix",
          "begins with /, such as /tin-tuc/, and has at most "
              + PageRule.MAX_BYTES
              + " characters, none of them a control");
    }
    return Normalizer.normalize(prefix, Normalizer.Form.NFC);
  }

  /** Whether only some of the site's pages are meant. */
  boolean isPart() {
    return search != null || prefix != null;
  }

  private PagesAsked after(String cursor) {
    List<String> place = Cursor.read(cursor, list(), 2);
    try {
      return new PagesAsked(
          span,
          sort,
          search,
          prefix,
          limit,
          sort.keyOf(place.get(0)),
          Long.parseLong(place.get(1)));
    } catch (NumberFormatException e) {
      throw Cursor.refusal();
    }
  }

  /** The cursor for what follows a page. */
  String next(Object key, long page) {
    return Cursor.of(list(), key.toString(), Long.toString(page));
  }

  /** The end of a range that was not named moves, and does not tell lists apart. */
  private String list() {
    return sort.written() + " " + search + " " + prefix + " " + (span == null ? "" : span.from());
  }

  /** For LIKE: what was searched is meant as it is written. */
  String pattern() {
    return search == null ? "%" : "%" + search.replaceAll("([\\\\%_])", "\\\\$1") + "%";
  }

  /**
   * In which order pages are listed.
   *
   * @param key an expression over the numbers n; by it, then by the page's key
   * @param named whether the key needs the page's name
   */
  record PageSort(String written, String key, boolean named, boolean descending) {
    static final String DESCRIPTION =
        "views, visits, downloads, ratingCount, average (of pages without votes: 0), path (by code point) or"
            + " firstSeen; with - in front the greatest first";

    static PageSort of(String written) {
      boolean descending = written.startsWith("-");
      return switch (written.substring(descending ? 1 : 0).toLowerCase(Locale.ROOT)) {
        case "visits" -> number(written, "n.visits", false, descending);
        case "ratingcount" -> number(written, "n.votes", false, descending);
        case "average" ->
            number(written, "coalesce(n.stars::float8 / nullif(n.votes, 0), 0)", false, descending);
        case "firstseen" ->
            number(written, "coalesce(date_part('epoch', n.first_seen), 0)", true, descending);
        case "path" -> new PageSort(written, "n.path COLLATE \"C\"", true, descending);
        default -> number(written, counted(written), false, descending);
      };
    }

    private static String counted(String written) {
      return Stream.of(Measure.values())
          .filter(measure -> written.replaceFirst("^-", "").equalsIgnoreCase(measure.label()))
          .map(measure -> measure.of("n.page", "n.views"))
          .findFirst()
          .orElseThrow(() -> Refusal.ofField("sort", DESCRIPTION));
    }

    /** Whole numbers stay exact in it up to 2^53. */
    private static PageSort number(String written, String key, boolean named, boolean descending) {
      return new PageSort(written, "(" + key + ")::float8", named, descending);
    }

    /** Whether the key needs the page's rating. */
    boolean rated() {
      return key.contains("n.votes");
    }

    String type() {
      return key.endsWith("float8") ? "float8" : "text";
    }

    Object keyOf(String written) {
      return type().equals("text") ? written : (Object) Double.valueOf(written);
    }

    String direction() {
      return descending ? "DESC" : "ASC";
    }

    String comparison() {
      return descending ? "<" : ">";
    }
  }
}
