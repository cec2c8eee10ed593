package vn.luot.admin.month;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * The views of pages by month, so that a long range is read from some rows a page instead of one
 * for every day. Only months that are over are summed up; a trigger takes a month's mark away in
 * the very transaction that changes one of its rows, and then its rows are read again until it is
 * summed anew.
 */
@ApplicationScoped
public class MonthSums {
  /** Days after the end of a month: until then rows may well change. */
  private static final int SETTLED_AFTER = 2;

  private static final String DUE =
      """
      SELECT s.id, m.month FROM site AS s
      CROSS JOIN LATERAL (
        SELECT m::date AS month FROM generate_series(
          date_trunc('month', greatest(
            (SELECT min(day) FROM page_views WHERE site_id = s.id AND day >= '2000-01-01'),
            (SELECT kept_from FROM detail_kept WHERE site_id = s.id))::timestamp),
          now() AT TIME ZONE 'UTC' - interval '1 month', interval '1 month') AS m) AS m
      WHERE s.deleted_at IS NULL AND (m.month + interval '1 month')::date <= current_date - $1::int
        AND NOT EXISTS (SELECT FROM page_month_done AS d WHERE d.site_id = s.id AND d.month = m.month)
      ORDER BY 1, 2 LIMIT $2
      """;

  /** The lock of the flush into page_views: what is summed up must not change meanwhile. */
  static final String TAKE_TURN = "SELECT pg_advisory_xact_lock(2, $1)";

  private static final String FORGET = "DELETE FROM page_month WHERE site_id = $1 AND month = $2";

  private static final String SUM =
      """
      INSERT INTO page_month (site_id, month, page, views, visits)
      SELECT $1, $2, page, sum(views), sum(visits) FROM page_views
      WHERE site_id = $1 AND day >= $2 AND day < ($2 + interval '1 month')::date
      GROUP BY page ORDER BY page
      """;

  private static final String MARK = "INSERT INTO page_month_done VALUES ($1, $2)";

  private final Pool pool;

  MonthSums(Pool pool) {
    this.pool = pool;
  }

  /** A month of a site, by its first day. */
  record Month(int site, LocalDate first) {}

  /** Months that are over and not summed up, the oldest of each site first. */
  Uni<List<Month>> due(int most) {
    return pool.preparedQuery(DUE)
        .execute(Tuple.of(SETTLED_AFTER, most))
        .map(
            rows -> {
              List<Month> months = new ArrayList<>();
              for (Row row : rows) {
                months.add(new Month(row.getInteger(0), row.getLocalDate(1)));
              }
              return months;
            });
  }

  Uni<Void> sum(Month month) {
    return pool.withTransaction(
        in ->
            run(in, TAKE_TURN, Tuple.of(month.site))
                .flatMap(done -> run(in, FORGET, Tuple.of(month.site, month.first)))
                .flatMap(done -> run(in, SUM, Tuple.of(month.site, month.first)))
                .flatMap(done -> run(in, MARK, Tuple.of(month.site, month.first))));
  }

  private static Uni<Void> run(SqlConnection in, String sql, Tuple values) {
    return in.preparedQuery(sql).execute(values).replaceWithVoid();
  }
}
