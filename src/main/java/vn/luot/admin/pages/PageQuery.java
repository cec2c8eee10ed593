package vn.luot.admin.pages;

import io.vertx.mutiny.sqlclient.Tuple;
import java.time.ZoneOffset;
import vn.luot.site.Page;
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
      FROM (SELECT page, views, visits FROM page_total WHERE site_id = $1) AS t
      FULL JOIN (SELECT page, views, visits FROM baseline WHERE site_id = $1) AS b USING (page)
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

  /** Grouped rather than joined: a join of two sums is what PostgreSQL estimates worst. */
  private static final String WITH_RATINGS =
      """
      SELECT page, sum(views)::bigint AS views, sum(visits)::bigint AS visits,
             sum(votes)::bigint AS votes, sum(stars)::bigint AS stars
      FROM (SELECT page, views, visits, 0 AS votes, 0 AS stars, true AS listed FROM (%s) AS n
            UNION ALL SELECT page, 0, 0, votes, stars, false FROM (%s) AS r) AS parts
      GROUP BY page HAVING bool_or(listed)
      """;

  private static final String NAMES =
      """
      LEFT JOIN page AS p ON p.site_id = $1 AND p.page = n.page
      LEFT JOIN baseline AS b ON b.site_id = $1 AND b.page = n.page
      """;

  private static final String FOUND =
      """
       AND n.page IN (SELECT page FROM page WHERE site_id = $1 AND (path ILIKE $%1$d OR title ILIKE $%1$d)
                      UNION ALL SELECT page FROM baseline WHERE site_id = $1 AND path ILIKE $%1$d)
      """;

  private final Tuple values = Tuple.tuple();
  private final String sql;

  PageQuery(int site, PagesAsked asked) {
    values.addInteger(site).addLong(Page.PORTAL.key());
    boolean allTime = asked.span() == null;
    if (!allTime) {
      values
          .addLocalDate(asked.span().firstDay())
          .addLocalDate(asked.span().lastDay())
          .addOffsetDateTime(asked.span().from().atOffset(ZoneOffset.UTC))
          .addOffsetDateTime(asked.span().until().atOffset(ZoneOffset.UTC));
    }
    String onPage = "AND page = n.page";
    sql =
        (allTime ? "" : PagesInDays.with("$3", "$4"))
            + "SELECT n.page, coalesce(p.path, b.path), p.title, n.views, n.visits,"
            + " coalesce(r.votes, 0), coalesce(r.stars, 0), p.first_seen, n.key FROM ("
            + shown(asked, allTime)
            + ") AS n "
            + NAMES
            + "CROSS JOIN LATERAL (SELECT sum(votes)::bigint AS votes, sum(stars)::bigint AS stars FROM ("
            + (allTime ? RATED.formatted(onPage, onPage) : RATED_IN_DAYS.formatted(onPage))
            + ") AS r) AS r ORDER BY n.key %1$s, n.page %1$s".formatted(asked.sort().direction());
  }

  /** The pages that are shown, and one more where there is one. */
  private String shown(PagesAsked asked, boolean allTime) {
    PageSort sort = asked.sort();
    String numbers = allTime ? ALL_TIME : IN_DAYS;
    String ratings = allTime ? RATED.formatted("", "") : RATED_IN_DAYS.formatted("");
    return "SELECT n.page, n.views, n.visits, "
        + sort.key()
        + " AS key FROM ("
        + (sort.rated() ? WITH_RATINGS.formatted(numbers, ratings) : numbers)
        + ") AS n "
        + (sort.named() ? NAMES : "")
        + " WHERE n.page <> $2"
        + search(asked)
        + after(asked)
        + " ORDER BY key %1$s, n.page %1$s LIMIT %2$d"
            .formatted(sort.direction(), asked.limit() + 1);
  }

  private String search(PagesAsked asked) {
    if (asked.search() == null) {
      return "";
    }
    values.addString(asked.pattern());
    return FOUND.formatted(values.size());
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
