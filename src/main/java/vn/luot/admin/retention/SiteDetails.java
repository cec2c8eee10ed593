package vn.luot.admin.retention;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.util.function.Supplier;
import vn.luot.register.Kind;
import vn.luot.register.RegisterTables;

/**
 * Removes a site's numbers by page, hour and referrer of before a day.
 *
 * <p>Totals stay the sum of their rows at every commit: what is removed is summed up by the same
 * statement.
 */
@Singleton
record SiteDetails(Pool pool, RegisterTables registers, RetentionConfig config) {
  /** First of all, so that nobody takes what is removed for nothing counted. */
  private static final String MARK =
      """
      INSERT INTO detail_kept AS d VALUES ($1, $2)
      ON CONFLICT (site_id) DO UPDATE SET kept_from = greatest(d.kept_from, excluded.kept_from)
      """;

  private static final String PAST =
      """
      WITH done AS (
        DELETE FROM past_day WHERE site_id = $1 AND day < $2::date - 1),
      gone AS (
        DELETE FROM past_total WHERE ctid = ANY (ARRAY(
          SELECT ctid FROM past_total WHERE site_id = $1 AND day < $2::date - 1 LIMIT $3))
        RETURNING 1)
      SELECT count(*) FROM gone
      """;

  /** Broken off or done by two pods at once, it is simply done again. */
  Uni<Void> removeBefore(int site, LocalDate day) {
    int most = config.atOnce();
    Uni<?> removed =
        pool.preparedQuery(MARK)
            .execute(Tuple.of(site, day))
            .chain(() -> inChunks(() -> removePast(site, day, most)));
    for (Kind kind : Kind.values()) {
      removed = removed.chain(() -> inChunks(() -> registers.remove(kind, site, day, most)));
    }
    return removed.replaceWithVoid();
  }

  private Uni<Long> removePast(int site, LocalDate day, int most) {
    return pool.preparedQuery(PAST)
        .execute(Tuple.of(site, day, most))
        .map(rows -> rows.iterator().next().getLong(0));
  }

  private Uni<Long> inChunks(Supplier<Uni<? extends Long>> remove) {
    return Uni.createFrom()
        .deferred(remove)
        .repeat()
        .until(removed -> removed < config.atOnce())
        .collect()
        .last();
  }
}
