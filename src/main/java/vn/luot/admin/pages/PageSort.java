package vn.luot.admin.pages;

import java.util.Locale;
import java.util.stream.Stream;
import vn.luot.refusal.Refusal;
import vn.luot.site.page.Measure;

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
