package vn.luot.admin.pages;

import java.util.Locale;
import vn.luot.refusal.Refusal;

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
      // Below 0 a page's key is that of a file's downloads.
      case "views" ->
          number(written, "CASE WHEN n.page < 0 THEN 0 ELSE n.views END", false, descending);
      case "downloads" ->
          number(written, "CASE WHEN n.page < 0 THEN n.views ELSE 0 END", false, descending);
      case "visits" -> number(written, "n.visits", false, descending);
      case "ratingcount" -> number(written, "n.votes", false, descending);
      case "average" ->
          number(written, "coalesce(n.stars::float8 / nullif(n.votes, 0), 0)", false, descending);
      case "firstseen" ->
          number(written, "coalesce(date_part('epoch', n.first_seen), 0)", true, descending);
      case "path" -> new PageSort(written, "n.path COLLATE \"C\"", true, descending);
      default -> throw Refusal.ofField("sort", DESCRIPTION);
    };
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
