package vn.luot.check;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a restore may leave: totals that are not the sums of their rows, which is asked of some days
 * of some sites, and rows of no site. At the start and then now and then.
 */
@ApplicationScoped
class TotalsCheck {
  /** Days by chance, so that in the end all are looked at. */
  private static final String READ =
      """
      SELECT count(*), count(*) FILTER (WHERE (t.views, t.visits) <> (r.views, r.visits)),
        (SELECT count(*) FROM site_total AS s
         WHERE NOT EXISTS (SELECT FROM site WHERE id IN (s.site_id, s.site_id - 1073741824)))
      FROM (SELECT * FROM daily_total ORDER BY random() LIMIT $1) AS t
      CROSS JOIN LATERAL (
        SELECT coalesce(sum_up(views), 0) AS views, coalesce(sum_up(visits), 0) AS visits
        FROM hourly_views AS h WHERE h.site_id = t.site_id AND h.day = t.day) AS r
      """;

  /** 30 ms where there are 146,000 days. */
  private static final int DAYS = 500;

  private static final long EVERY_NANOS = Duration.ofHours(1).toNanos();

  private final Pool pool;
  private volatile List<Finding> last = List.of();
  private volatile long at = System.nanoTime() - EVERY_NANOS;

  TotalsCheck(Pool pool) {
    this.pool = pool;
  }

  Uni<List<Finding>> findings() {
    return last.isEmpty() && System.nanoTime() - at < EVERY_NANOS
        ? Uni.createFrom().item(last)
        :
        // Before there are tables: whether PostgreSQL can be asked, others say.
        look(DAYS).onFailure().recoverWithItem(List.of());
  }

  Uni<List<Finding>> look(int days) {
    return pool.preparedQuery(READ)
        .execute(Tuple.of(days))
        .map(rows -> findings(rows.iterator().next()))
        .invoke(
            found -> {
              last = found;
              at = System.nanoTime();
            });
  }

  private static List<Finding> findings(Row counts) {
    List<Finding> found = new ArrayList<>();
    if (counts.getLong(1) > 0) {
      found.add(
          new Finding(
              "postgres-totals",
              "%d of %d totals looked at are not the sum of their rows: run luot recount once."
                  .formatted(counts.getLong(1), counts.getLong(0))));
    }
    if (counts.getLong(2) > 0) {
      found.add(
          new Finding(
              "postgres-orphans",
              "%d sites with numbers are not registered: restore the newer backup that knows them, or run luot sweep."
                  .formatted(counts.getLong(2))));
    }
    return found;
  }
}
