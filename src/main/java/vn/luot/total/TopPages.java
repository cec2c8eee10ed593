package vn.luot.total;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import vn.luot.connection.postgres.Rows;

/**
 * The most read and the best rated pages, as of the last flush; of all time with what they had
 * before Luot.
 */
@Singleton
public record TopPages(Pool pool) {
  /**
   * What is shown of a page that is ranked: nothing of one that is hidden or that too few networks
   * viewed, since anyone can make up pages; those with an opening balance its owner named. Names
   * that begin with ~ are Luot's own. One row, so that no page beyond the last one shown is looked
   * up: a site may have a million.
   */
  private static final String SHOWN =
      """
      CROSS JOIN LATERAL (
        SELECT coalesce(p.path, b.path) AS path, p.title FROM (VALUES (1)) AS one_row (n)
        LEFT JOIN page AS p ON p.site_id = $1 AND p.page = v.page
        LEFT JOIN baseline AS b ON b.site_id = $1 AND b.page = v.page
        WHERE left(coalesce(p.path, b.path), 1) <> '~' AND p.hidden IS NOT TRUE
          AND (p.networks >= $3 OR b.page IS NOT NULL)
        LIMIT 1) AS s
      """;

  private static final String BY_VIEWS =
      """
      SELECT v.path, v.title, v.views, coalesce(r.count, 0), coalesce(r.sum, 0)
      FROM (SELECT v.page, v.views, s.path, s.title FROM (%s ORDER BY views DESC, page) AS v
      """
          + SHOWN
          + """
            ORDER BY v.views DESC, v.page LIMIT $2) AS v
      CROSS JOIN LATERAL (
        SELECT coalesce(t.one + t.two + t.three + t.four + t.five, 0) + coalesce(b.rating_count, 0) AS count,
               coalesce(t.one + 2 * t.two + 3 * t.three + 4 * t.four + 5 * t.five, 0)
                 + coalesce(b.rating_sum, 0) AS sum
        FROM (VALUES (1)) AS one_row (n)
        LEFT JOIN rating_total AS t ON t.site_id = $1 AND t.page = v.page
        LEFT JOIN baseline AS b ON b.site_id = $1 AND b.page = v.page) AS r
      ORDER BY v.views DESC, 1
      """;

  private static final String MOST_READ =
      BY_VIEWS.formatted(
          """
          SELECT page, coalesce(t.views, 0) + coalesce(o.views, 0) AS views
          FROM (SELECT page, views FROM page_total WHERE site_id = $1) AS t
          FULL JOIN (SELECT page, views FROM baseline WHERE site_id = $1 AND views > 0) AS o USING (page)
          """);

  private static final String MOST_READ_IN_DAYS =
      "WITH "
          + PagesInDays.with("$4", "$5", "true")
          + BY_VIEWS.formatted("SELECT page, views FROM in_days");

  /**
   * Bayesian average: (C m + sum) / (C + count), where m is the mean of all votes for pages of the
   * site and C how many votes that mean is worth. A page with few votes stays near the mean, so
   * that one five-star vote does not outrank a hundred. Source: the weighted rating of the Internet
   * Movie Database, WR = (v R + m C) / (v + m), with other letters.
   */
  private static final String BY_RATING =
      """
      , mean AS (SELECT sum(sum)::float8 / nullif(sum(count), 0) AS m FROM rated)
      SELECT coalesce(p.path, b.path), p.title, coalesce(v.views, 0) + coalesce(b.views, 0),
             r.count::bigint, r.sum::bigint
      FROM rated AS r CROSS JOIN mean
      LEFT JOIN page AS p ON p.site_id = $1 AND p.page = r.page
      LEFT JOIN baseline AS b ON b.site_id = $1 AND b.page = r.page
      LEFT JOIN page_total AS v ON v.site_id = $1 AND v.page = r.page
      WHERE r.count >= $5 AND left(coalesce(p.path, b.path), 1) <> '~' AND p.hidden IS NOT TRUE
        AND (p.networks >= $3 OR b.page IS NOT NULL)
      ORDER BY ($6 * m + r.sum) / ($6 + r.count) DESC, r.count DESC, 1 LIMIT $2
      """;

  private static final String BEST_RATED =
      """
      WITH rated AS (
        SELECT page, coalesce(t.count, 0) + coalesce(o.count, 0) AS count,
               coalesce(t.sum, 0) + coalesce(o.sum, 0) AS sum
        FROM (SELECT page, one + two + three + four + five AS count,
                     one + 2 * two + 3 * three + 4 * four + 5 * five AS sum
              FROM rating_total WHERE site_id = $1 AND page <> $4) AS t
        FULL JOIN (SELECT page, rating_count AS count, rating_sum AS sum FROM baseline
                   WHERE site_id = $1 AND page <> $4 AND rating_count > 0) AS o USING (page))
      """
          + BY_RATING;

  private static final String BEST_RATED_SINCE =
      """
      WITH rated AS (
        SELECT page, count(*) AS count, sum(stars) AS sum
        FROM vote
        WHERE site_id = $1 AND page <> $4 AND held IS NULL AND stars > 0
          AND changed_at >= $7::date::timestamp AT TIME ZONE $8
        GROUP BY page)
      """
          + BY_RATING;

  /** {@code title} may be null. */
  public record Top(String path, String title, long views, long ratingCount, long ratingSum) {}

  /**
   * How ratings are ranked.
   *
   * @param portal the key under which the site itself is rated, which is no page
   * @param minimumVotes pages with fewer are left out
   * @param priorVotes how many votes the site's mean is worth
   */
  public record Ranking(long portal, int minimumVotes, double priorVotes) {}

  /**
   * Which pages are wanted.
   *
   * @param networks those that visitors of so many networks viewed on one day
   */
  public record Wanted(int site, int limit, int networks) {}

  public Uni<List<Top>> mostRead(Wanted wanted) {
    return query(MOST_READ, Tuple.of(wanted.site, wanted.limit, wanted.networks));
  }

  public Uni<List<Top>> mostRead(Wanted wanted, LocalDate from, LocalDate to) {
    return query(MOST_READ_IN_DAYS, Tuple.of(wanted.site, wanted.limit, wanted.networks, from, to));
  }

  public Uni<List<Top>> bestRated(Wanted wanted, Ranking ranking) {
    return query(BEST_RATED, ranked(wanted, ranking));
  }

  /** By the votes cast or changed since a day began. */
  public Uni<List<Top>> bestRated(Wanted wanted, Ranking ranking, LocalDate from, ZoneId zone) {
    Tuple values = ranked(wanted, ranking).addLocalDate(from).addString(zone.getId());
    return query(BEST_RATED_SINCE, values);
  }

  private static Tuple ranked(Wanted wanted, Ranking ranking) {
    return Tuple.of(
        wanted.site,
        wanted.limit,
        wanted.networks,
        ranking.portal(),
        (long) ranking.minimumVotes(),
        ranking.priorVotes());
  }

  private Uni<List<Top>> query(String sql, Tuple values) {
    return pool.preparedQuery(sql)
        .execute(values)
        .map(
            rows ->
                Rows.list(
                    rows,
                    row ->
                        new Top(
                            row.getString(0),
                            row.getString(1),
                            row.getLong(2),
                            row.getLong(3),
                            row.getLong(4))));
  }
}
