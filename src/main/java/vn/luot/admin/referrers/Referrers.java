package vn.luot.admin.referrers;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
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
   * where this one has a fifth of them.
   */
  private static final String SUM =
      """
      SELECT host, sum_up(views) FROM referrer_views
      WHERE site_id = $1 AND day BETWEEN (SELECT $2::date) AND (SELECT $3::date)
      GROUP BY host ORDER BY host = '~other', 2 DESC, host LIMIT $4
      """;

  public Uni<ReferrerList> list(Site site, Span span, int limit) {
    Tuple values = Tuple.of(site.id(), span.firstDay(), span.lastDay(), limit);
    return details.list(
        site,
        span,
        covered ->
            numbers
                .query(SUM, values)
                .map(rows -> new ReferrerList(covered, Rows.list(rows, Referrers::entry))));
  }

  private static ReferrerList.ReferrerEntry entry(Row row) {
    return new ReferrerList.ReferrerEntry(row.getString(0), row.getLong(1));
  }
}
