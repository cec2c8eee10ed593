package vn.luot.total;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import vn.luot.site.Period;

/** The registers of a site and hour in PostgreSQL; triggers keep their totals. */
@ApplicationScoped
public class HourlyViews {
  /**
   * By maximum, so that merging a row again, late or twice changes nothing. One statement, and so
   * one transaction. Its triggers lock totals in two passes, for rows inserted and rows updated:
   * two merges into one site would lock crosswise, so they take turns.
   */
  private static final String MERGE =
      """
      WITH turn AS MATERIALIZED (
        SELECT count(pg_advisory_xact_lock(1, site)) FROM
          (SELECT DISTINCT site FROM unnest($1::int[]) AS s (site) ORDER BY site) AS sites)
      INSERT INTO hourly_views AS h (site_id, day, hour, epoch, views, visits, bots)
      SELECT r.* FROM turn CROSS JOIN
        unnest($1::int[], $2::date[], $3::timestamptz[], $4::bigint[], $5::bigint[], $6::bigint[],
          $7::bigint[]) AS r (site_id, day, hour, epoch, views, visits, bots)
      ORDER BY 1, 2, 3, 4
      ON CONFLICT (site_id, day, hour, epoch) DO UPDATE
      SET views = greatest(h.views, excluded.views), visits = greatest(h.visits, excluded.visits),
          bots = greatest(h.bots, excluded.bots)
      WHERE excluded.views > h.views OR excluded.visits > h.visits OR excluded.bots > h.bots
      """;

  private final Pool pool;

  HourlyViews(Pool pool) {
    this.pool = pool;
  }

  /**
   * @param hour where it begins, in seconds of Unix time
   * @param bots hits of robots, which are no views
   */
  public record Row(
      int site, LocalDate day, long hour, long epoch, long views, long visits, long bots) {}

  public Uni<Void> merge(List<Row> rows) {
    return merge(pool, rows);
  }

  /** The same within a transaction. */
  public Uni<Void> merge(SqlClient client, List<Row> rows) {
    if (rows.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    List<Row> sorted =
        rows.stream()
            .sorted(
                Comparator.comparingInt(Row::site)
                    .thenComparing(Row::day)
                    .thenComparingLong(Row::hour)
                    .thenComparingLong(Row::epoch))
            .toList();
    Tuple columns =
        Tuple.tuple()
            .addValue(sorted.stream().map(Row::site).toArray(Integer[]::new))
            .addValue(sorted.stream().map(Row::day).toArray(LocalDate[]::new))
            .addValue(
                sorted.stream()
                    .map(row -> Period.instant(row.hour()))
                    .toArray(OffsetDateTime[]::new))
            .addValue(sorted.stream().map(Row::epoch).toArray(Long[]::new))
            .addValue(sorted.stream().map(Row::views).toArray(Long[]::new))
            .addValue(sorted.stream().map(Row::visits).toArray(Long[]::new))
            .addValue(sorted.stream().map(Row::bots).toArray(Long[]::new));
    return client.preparedQuery(MERGE).execute(columns).replaceWithVoid();
  }
}
