package vn.luot.admin.pages;

import io.vertx.mutiny.sqlclient.Tuple;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import vn.luot.admin.numbers.Span;
import vn.luot.admin.pages.PagesAsked.PageSort;
import vn.luot.site.page.Measure;
import vn.luot.site.page.Page;
import vn.luot.total.PagesInDays;

/**
 * The query for a list of pages. $1 is the site and $2 the key of the site itself, which is no
 * page; then come the range, the search and the place to go on from, where they are asked for.
 * Ratings and names are joined to the pages that are shown, unless the order or the search needs
 * them.
 */
final class PageQuery {
  /** Counted numbers and opening balances together; either may be all there is. */
  private static final String ALL_TIME =
      """
      SELECT page, coalesce(t.views, 0) + coalesce(b.views, 0) AS views,
             coalesce(t.visits, 0) + coalesce(b.visits, 0) AS visits
      FROM (SELECT page, views, visits FROM page_total WHERE site_id = $1 %1$s) AS t
      FULL JOIN (SELECT page, views, visits FROM baseline WHERE site_id = $1 %1$s) AS b USING (page)
      """;

  private static final String IN_DAYS = "SELECT page, views, visits FROM in_days";

  private static final String RATED =
      """
      SELECT page, one + two + three + four + five AS votes,
             one + 2 * two + 3 * three + 4 * four + 5 * five AS stars
      FROM rating_total WHERE site_id = $1 %s
      UNION ALL SELECT page, rating_count, rating_sum FROM baseline WHERE site_id = $1 %s
      """;

  private static final String RATED_IN_DAYS =
      """
      SELECT page, 1 AS votes, stars FROM vote
      WHERE site_id = $1 AND changed_at >= $5 AND changed_at < $6 AND held IS NULL AND stars > 0 %s
      """;

  /**
   * A full join, of which only the listed pages are kept: the others PostgreSQL may do page by
   * page, since it takes the sums of a range for few, and that takes many times as long.
   */
  private static final String WITH_RATINGS =
      """
      SELECT page, n.views, n.visits, coalesce(r.votes, 0) AS votes, coalesce(r.stars, 0) AS stars
      FROM (SELECT page, views, visits, true AS listed FROM (%s) AS n) AS n
      FULL JOIN (SELECT page, sum_up(votes) AS votes, sum_up(stars) AS stars FROM (%s) AS r GROUP BY page) AS r
        USING (page)
      WHERE coalesce(n.listed, false)
      """;

  /**
   * For the same reason. Names of balances are looked for where there is no other: mostly nowhere.
   */
  private static final String WITH_NAMES =
      """
      SELECT page, n.views, n.visits, p.first_seen,
             coalesce(p.path, (SELECT path FROM baseline AS b WHERE b.site_id = $1 AND b.page = n.page), '~' || page)
               AS path
      FROM (SELECT page, views, visits, true AS listed FROM (%s) AS n) AS n
      FULL JOIN (%s) AS p USING (page)
      WHERE coalesce(n.listed, false)
      """;

  /** A page just seen may have its name flushed a moment later than its views; see the key then. */
  private static final String NAMES =
      """
      LEFT JOIN page AS p ON p.site_id = $1 AND p.page = n.page
      LEFT JOIN baseline AS b ON b.site_id = $1 AND b.page = n.page
      """;

  private static final String ALL_NAMES =
      "SELECT page, path, first_seen FROM page WHERE site_id = $1";

  /** Once, not for each page. */
  private static final String FOUND =
      """
      found AS MATERIALIZED (
        SELECT page, path, first_seen FROM page
        WHERE site_id = $1 AND searched LIKE (SELECT folded($%1$d)) AND %2$s
        UNION ALL SELECT page, path, NULL FROM baseline AS b
        WHERE site_id = $1 AND folded(path) LIKE (SELECT folded($%1$d)) AND %2$s
          AND NOT EXISTS (SELECT FROM page AS p WHERE p.site_id = $1 AND p.page = b.page))
      """;

  /**
   * A path as it is compared with a prefix: without what tells a file's downloads from a page's
   * views, and so that /a and /a?id=1 are under /a/; no page's path ends with a slash.
   */
  private static final String COMPARED =
      "replace(CASE WHEN page < 0 THEN "
          + Measure.path("path")
          + " ELSE path END || '/', '?', '/?')";

  private static final String UNDER = "starts_with(" + COMPARED + ", $%d)";

  /**
   * Of the numbers %1$s, under the prefix $%2$d; what is beyond the $%3$d largest is the rest. The
   * offset has a page's path worked out once, not wherever it is named.
   */
  private static final String SECTIONS =
      """
      SELECT CASE WHEN place <= $%3$d THEN section END, sum(pages)::bigint, sum(views)::bigint, sum(visits)::bigint,
        sum(downloads)::bigint
      FROM (
        SELECT section || CASE WHEN above THEN '/' ELSE '' END AS section, pages, views, visits, downloads,
          row_number() OVER (ORDER BY section IS NULL, views DESC, section) AS place
        FROM (
          SELECT $%2$d::text || split_part(below, '/', 1) AS section, bool_or(strpos(below, '/') > 0) AS above,
            count(*) AS pages, sum_up(%5$s) AS views, sum_up(visits) AS visits,
            sum_up(%6$s) AS downloads
          FROM (
            SELECT page, views, visits, CASE WHEN path LIKE '/%%'
              THEN rtrim(split_part(substr(path, length($%2$d) + 1), '?', 1), '/') END AS below
            FROM (SELECT page, views, visits, %4$s AS path FROM (%1$s) AS n WHERE page <> $2 OFFSET 0) AS n
            WHERE $%2$d = '/' OR starts_with(path, $%2$d)) AS n
          GROUP BY 1) AS s) AS s
      GROUP BY 1 ORDER BY min(place)
      """;

  /**
   * By a table of hashes, however few PostgreSQL takes them for: no join, of which it has others.
   */
  private static final String IS_FOUND = "(page IN (SELECT page FROM found)) IS TRUE";

  private final Tuple values = Tuple.tuple();
  private final String sql;

  /** Sections under a prefix that ends with a slash; {@code span} is null for all time. */
  PageQuery(int site, @Nullable Span span, String prefix, int limit) {
    begin(site, span);
    values.addString(prefix).addLong((long) limit);
    String numbers =
        WITH_NAMES.formatted(span == null ? ALL_TIME.formatted("") : IN_DAYS, ALL_NAMES);
    sql =
        (span == null ? "" : "WITH " + PagesInDays.with("$3", "$4", "true"))
            + SECTIONS.formatted(
                numbers,
                values.size() - 1,
                values.size(),
                COMPARED,
                Measure.VIEWS.of("page", "views"),
                Measure.DOWNLOADS.of("page", "views"));
  }

  PageQuery(int site, PagesAsked asked) {
    begin(site, asked.span());
    Span span = asked.span();
    boolean allTime = span == null;
    if (span != null) {
      values
          .addOffsetDateTime(span.from().atOffset(ZoneOffset.UTC))
          .addOffsetDateTime(span.until().atOffset(ZoneOffset.UTC));
    }
    String onPage = "AND page = n.page";
    sql =
        with(asked, allTime)
            + "SELECT n.page, coalesce(p.path, b.path, '~' || n.page), p.title, n.views, n.visits,"
            + " coalesce(r.votes, 0), coalesce(r.stars, 0), p.first_seen, n.key,"
            + " coalesce(p.title_locked, false), coalesce(p.hidden, false), coalesce(p.networks, 0)"
            + " FROM ("
            + shown(asked, allTime)
            + ") AS n "
            + NAMES
            + "CROSS JOIN LATERAL (SELECT sum_up(votes) AS votes, sum_up(stars) AS stars FROM ("
            + (allTime ? RATED.formatted(onPage, onPage) : RATED_IN_DAYS.formatted(onPage))
            + ") AS r) AS r ORDER BY n.key %1$s, n.page %1$s".formatted(asked.sort().direction());
  }

  private void begin(int site, @Nullable Span span) {
    values.addInteger(site).addLong(Page.PORTAL.key());
    if (span != null) {
      values.addLocalDate(span.firstDay()).addLocalDate(span.lastDay());
    }
  }

  private String with(PagesAsked asked, boolean allTime) {
    if (!asked.isPart()) {
      return allTime ? "" : "WITH " + PagesInDays.with("$3", "$4", "true");
    }
    values.addString(asked.pattern());
    int pattern = values.size();
    String under = "true";
    if (asked.prefix() != null) {
      values.addString(asked.prefix().replace("?", "/?"));
      under = UNDER.formatted(values.size());
    }
    String found = "WITH " + FOUND.formatted(pattern, under);
    return allTime ? found : found + ", " + PagesInDays.with("$3", "$4", IS_FOUND);
  }

  /** The pages that are shown, and one more where there is one. */
  private String shown(PagesAsked asked, boolean allTime) {
    PageSort sort = asked.sort();
    return "SELECT n.page, n.views, n.visits, "
        + sort.key()
        + " AS key FROM ("
        + numbers(sort, allTime, asked.isPart())
        + ") AS n WHERE n.page <> $2"
        + after(asked)
        + " ORDER BY key %1$s, n.page %1$s LIMIT %2$d"
            .formatted(sort.direction(), asked.limit() + 1);
  }

  private static String numbers(PageSort sort, boolean allTime, boolean found) {
    String numbers = allTime ? ALL_TIME.formatted(found ? "AND " + IS_FOUND : "") : IN_DAYS;
    if (sort.named()) {
      return WITH_NAMES.formatted(
          numbers, found ? "SELECT page, path, first_seen FROM found" : ALL_NAMES);
    }
    String ratings = allTime ? RATED.formatted("", "") : RATED_IN_DAYS.formatted("");
    return sort.rated() ? WITH_RATINGS.formatted(numbers, ratings) : numbers;
  }

  private String after(PagesAsked asked) {
    if (asked.afterKey() == null) {
      return "";
    }
    values.addValue(asked.afterKey()).addLong(asked.afterPage());
    return " AND (%s, n.page) %s ($%d::%s, $%d::bigint)"
        .formatted(
            asked.sort().key(),
            asked.sort().comparison(),
            values.size() - 1,
            asked.sort().type(),
            values.size());
  }

  String sql() {
    return sql;
  }

  Tuple values() {
    return values;
  }
}
