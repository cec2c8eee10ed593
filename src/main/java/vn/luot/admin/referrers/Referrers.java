package vn.luot.admin.referrers;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.List;
import vn.luot.admin.numbers.Covered;
import vn.luot.admin.numbers.Details;
import vn.luot.admin.numbers.Numbers;
import vn.luot.admin.numbers.Span;
import vn.luot.connection.postgres.Rows;
import vn.luot.site.Site;

/** Reads where a site's visitors came from. */
@Singleton
public record Referrers(Numbers numbers, Details details) {
  /**
   * The days are subqueries, which PostgreSQL takes for a few: it would read the rows of every site
   * where this one has a fifth of them. Where imported visits (epoch -1) began is not known.
   */
  private static final String SUM =
      """
      WITH came AS (
        SELECT regexp_replace(host, '^(m|l|lm|mobile)[.](?=[^.]+[.])', '') AS host, sum_up(views) AS views
        FROM referrer_views
        WHERE site_id = $1 AND day BETWEEN (SELECT $2::date) AND (SELECT $3::date)
        GROUP BY 1)
      SELECT listed.host, listed.views, (SELECT coalesce(sum(views), 0)::bigint FROM came), began.visits
      FROM (
        SELECT coalesce(sum(visits), 0)::bigint AS visits FROM hourly_views
        WHERE site_id = $1 AND day BETWEEN greatest($2::date, $5::date) AND $3::date AND epoch <> -1) AS began
      LEFT JOIN (
        SELECT * FROM came ORDER BY host = '~other', views DESC, host LIMIT $4) AS listed ON true
      ORDER BY listed.host = '~other', listed.views DESC, listed.host
      """;

  public Uni<ReferrerList> list(Site site, Span span, int limit) {
    return details.list(
        site,
        span,
        covered ->
            numbers
                .query(
                    SUM,
                    Tuple.of(
                        site.id(), span.firstDay(), span.lastDay(), limit, covered.detailFrom()))
                .map(rows -> list(covered, rows)));
  }

  private static ReferrerList list(Covered covered, RowSet<Row> rows) {
    Row sums = rows.iterator().next();
    long views = sums.getLong(2);
    List<ReferrerList.ReferrerEntry> listed =
        sums.getString(0) == null ? List.of() : Rows.list(rows, Referrers::entry);
    return new ReferrerList(covered, listed, views, Math.max(0, sums.getLong(3) - views));
  }

  private static ReferrerList.ReferrerEntry entry(Row row) {
    return new ReferrerList.ReferrerEntry(row.getString(0), row.getLong(1));
  }
}
