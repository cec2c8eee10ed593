package vn.luot.total;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;

/** Views by day and the host that visitors came from. */
@ApplicationScoped
public class ReferrerViews {
  /** By maximum, as {@link HourlyViews}; no trigger locks anything, so merges need no turn. */
  private static final String MERGE =
      """
      INSERT INTO referrer_views AS v (site_id, day, host, epoch, views)
      SELECT $1, $2, r.host, $3, r.views FROM unnest($4::text[], $5::bigint[]) AS r (host, views)
      ORDER BY r.host
      ON CONFLICT (site_id, day, host, epoch) DO UPDATE
      SET views = excluded.views WHERE excluded.views > v.views
      """;

  private final Pool pool;

  ReferrerViews(Pool pool) {
    this.pool = pool;
  }

  public record Row(String host, long views) {}

  public Uni<Void> merge(int site, LocalDate day, long epoch, List<Row> rows) {
    if (rows.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    // Sorted here as well: the order of rows is the order of locks.
    List<Row> sorted = rows.stream().sorted(Comparator.comparing(Row::host)).toList();
    Tuple columns =
        Tuple.of(
            site,
            day,
            epoch,
            sorted.stream().map(Row::host).toArray(String[]::new),
            sorted.stream().map(Row::views).toArray(Long[]::new));
    return pool.preparedQuery(MERGE).execute(columns).replaceWithVoid();
  }
}
