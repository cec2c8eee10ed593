package vn.luot.admin.pages;

import io.vertx.mutiny.sqlclient.Tuple;
import java.time.ZoneOffset;
import vn.luot.site.Page;
import vn.luot.total.PagesInDays;

/**
 * The query for a list of pages. $1 is the site and $2 the key of the site itself, which is no
 * page; then come the range, the search and the place to go on from, where they are asked for.
 */
final class PageQuery {
  /** Counted numbers and opening balances together; each of the three may be all there is. */
  private static final String ALL_TIME =
      """
      SELECT page,
             coalesce(t.views, 0) + coalesce(b.views, 0) AS views,
             coalesce(t.visits, 0) + coalesce(b.visits, 0) AS visits,
             coalesce(r.votes, 0) + coalesce(b.rating_count, 0) AS votes,
             coalesce(r.stars, 0) + coalesce(b.rating_sum, 0) AS stars
      FROM (SELECT page, views, visits FROM page_total WHERE site_id = $1) AS t
      FULL JOIN (SELECT page, views, visits, rating_count, rating_sum
                 FROM baseline WHERE site_id = $1) AS b USING (page)
      FULL JOIN (SELECT page, one + two + three + four + five AS votes,
                        one + 2 * two + 3 * three + 4 * four + 5 * five AS stars
                 FROM rating_total WHERE site_id = $1) AS r USING (page)
      WHERE page <> $2
      """;

  private static final String IN_DAYS =
      """
      SELECT v.page, v.views, v.visits, coalesce(r.votes, 0) AS votes, coalesce(r.stars, 0) AS stars
      FROM in_days AS v
      LEFT JOIN (SELECT page, count(*) AS votes, sum(stars)::bigint AS stars FROM vote
                 WHERE site_id = $1 AND changed_at >= $5 AND changed_at < $6
                   AND held IS NULL AND stars > 0
                 GROUP BY page) AS r USING (page)
      WHERE v.page <> $2
      """;

  private static final String NAMES =
      """
      LEFT JOIN page AS p ON p.site_id = $1 AND p.page = n.page
      LEFT JOIN baseline AS b ON b.site_id = $1 AND b.page = n.page
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
    PageSort sort = asked.sort();
    boolean namesFirst = sort.named() || asked.search() != null;
    sql =
        (allTime ? "" : PagesInDays.with("$3", "$4"))
            + "SELECT n.page, coalesce(p.path, b.path), p.title, n.views, n.visits, n.votes, n.stars,"
            + " p.first_seen, n.key FROM (SELECT n.*, "
            + sort.key()
            + " AS key FROM ("
            + (allTime ? ALL_TIME : IN_DAYS)
            + ") AS n "
            + (namesFirst ? NAMES : "")
            + " WHERE true"
            + search(asked)
            + after(asked)
            + " ORDER BY key %1$s, n.page %1$s LIMIT %2$s"
                .formatted(sort.direction(), asked.limit() + 1)
            + ") AS n "
            + NAMES
            + " ORDER BY n.key %1$s, n.page %1$s".formatted(sort.direction());
  }

  private String search(PagesAsked asked) {
    if (asked.search() == null) {
      return "";
    }
    values.addString(asked.pattern());
    return " AND (coalesce(p.path, b.path) ILIKE $%1$d OR p.title ILIKE $%1$d)"
        .formatted(values.size());
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
