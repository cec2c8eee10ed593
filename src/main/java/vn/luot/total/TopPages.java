package vn.luot.total;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** The most read and the best rated pages, as of the last flush. */
@ApplicationScoped
public class TopPages {
  /** Names that begin with ~ are Luot's own, not pages. */
  private static final String COLUMNS =
      """
      SELECT p.path, p.title, v.views, coalesce(r.one, 0), coalesce(r.two, 0), coalesce(r.three, 0),
             coalesce(r.four, 0), coalesce(r.five, 0)
      """;

  private static final String MOST_READ =
      COLUMNS
          + """
          FROM page_total AS v
          JOIN page AS p USING (site_id, page)
          LEFT JOIN rating_total AS r USING (site_id, page)
          WHERE v.site_id = $1 AND left(p.path, 1) <> '~'
          ORDER BY v.views DESC, p.path LIMIT $2
          """;

  private static final String MOST_READ_IN_DAYS =
      PagesInDays.with("$3", "$4")
          + COLUMNS
          + """
          FROM (SELECT page, views FROM in_days ORDER BY views DESC LIMIT $2 + 1) AS v
          JOIN page AS p ON p.site_id = $1 AND p.page = v.page
          LEFT JOIN rating_total AS r ON r.site_id = $1 AND r.page = v.page
          WHERE left(p.path, 1) <> '~'
          ORDER BY v.views DESC, p.path LIMIT $2
          """;

  /**
   * Bayesian average: (C m + sum) / (C + count), where m is the mean of all votes for pages of the
   * site and C how many votes that mean is worth. A page with few votes stays near the mean, so
   * that one five-star vote does not outrank a hundred. Source: the weighted rating of the Internet
   * Movie Database, WR = (v R + m C) / (v + m), with other letters.
   */
  private static final String BY_RATING =
      """
      , sums AS (
        SELECT page, one, two, three, four, five, one + two + three + four + five AS count,
               one + 2 * two + 3 * three + 4 * four + 5 * five AS sum
        FROM rated),
      mean AS (SELECT sum(sum)::float8 / nullif(sum(count), 0) AS m FROM sums)
      """
          + COLUMNS.replace("v.views", "coalesce(v.views, 0)")
          + """
          FROM sums AS r CROSS JOIN mean
          JOIN page AS p ON p.site_id = $1 AND p.page = r.page
          LEFT JOIN page_total AS v ON v.site_id = $1 AND v.page = r.page
          WHERE r.count >= $4 AND left(p.path, 1) <> '~'
          ORDER BY ($5 * m + r.sum) / ($5 + r.count) DESC, r.count DESC, p.path LIMIT $2
          """;

  private static final String BEST_RATED =
      "WITH rated AS (SELECT * FROM rating_total WHERE site_id = $1 AND page <> $3)" + BY_RATING;

  private static final String BEST_RATED_SINCE =
      """
      WITH rated AS (
        SELECT page, count(*) FILTER (WHERE stars = 1) AS one, count(*) FILTER (WHERE stars = 2) AS two,
               count(*) FILTER (WHERE stars = 3) AS three, count(*) FILTER (WHERE stars = 4) AS four,
               count(*) FILTER (WHERE stars = 5) AS five
        FROM vote
        WHERE site_id = $1 AND page <> $3 AND held IS NULL
          AND changed_at >= $6::date::timestamp AT TIME ZONE $7
        GROUP BY page)
      """
          + BY_RATING;

  private final Pool pool;

  TopPages(Pool pool) {
    this.pool = pool;
  }

  /** {@code title} may be null. */
  public record Top(String path, String title, long views, Stars stars) {}

  /**
   * How ratings are ranked.
   *
   * @param portal the key under which the site itself is rated, which is no page
   * @param minimumVotes pages with fewer are left out
   * @param priorVotes how many votes the site's mean is worth
   */
  public record Ranking(long portal, int minimumVotes, double priorVotes) {}

  public Uni<List<Top>> mostRead(int site, int limit) {
    return query(MOST_READ, Tuple.of(site, limit));
  }

  public Uni<List<Top>> mostRead(int site, int limit, LocalDate from, LocalDate to) {
    return query(MOST_READ_IN_DAYS, Tuple.of(site, limit, from, to));
  }

  public Uni<List<Top>> bestRated(int site, int limit, Ranking ranking) {
    return query(BEST_RATED, ranked(site, limit, ranking));
  }

  /** By the votes cast or changed since a day began. */
  public Uni<List<Top>> bestRated(
      int site, int limit, Ranking ranking, LocalDate from, ZoneId zone) {
    Tuple values = ranked(site, limit, ranking).addLocalDate(from).addString(zone.getId());
    return query(BEST_RATED_SINCE, values);
  }

  private static Tuple ranked(int site, int limit, Ranking ranking) {
    return Tuple.of(
        site, limit, ranking.portal(), (long) ranking.minimumVotes(), ranking.priorVotes());
  }

  private Uni<List<Top>> query(String sql, Tuple values) {
    return pool.preparedQuery(sql).execute(values).map(TopPages::pages);
  }

  private static List<Top> pages(Iterable<Row> rows) {
    List<Top> pages = new ArrayList<>();
    for (Row row : rows) {
      Stars stars =
          new Stars(row.getLong(3), row.getLong(4), row.getLong(5), row.getLong(6), row.getLong(7));
      pages.add(new Top(row.getString(0), row.getString(1), row.getLong(2), stars));
    }
    return pages;
  }
}
