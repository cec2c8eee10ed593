package vn.luot.admin.baseline;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import vn.luot.refusal.Reason;
import vn.luot.refusal.Refusal;
import vn.luot.register.Lock;

/**
 * Writes opening balances: {@link #begin}, {@link #write} as often as need be, {@link #end}, all in
 * one transaction. One of them writes at a time into one site.
 */
@Singleton
public class BalanceWriter {
  private static final String TURN = "SELECT " + Lock.BASELINES.of("$1");

  /** What is null stays; the row is read as it is, since writers take turns. */
  private static final String MERGE =
      """
      INSERT INTO baseline (site_id, page, path, views, visits, rating_count, rating_sum)
      SELECT $1, r.page, r.path, coalesce(r.views, b.views, 0), coalesce(r.visits, b.visits, 0),
             coalesce(r.rating_count, b.rating_count, 0), coalesce(r.rating_sum, b.rating_sum, 0)
      FROM unnest($2::bigint[], $3::text[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[])
        AS r (page, path, views, visits, rating_count, rating_sum)
      LEFT JOIN baseline AS b ON b.site_id = $1 AND b.page = r.page
      ORDER BY r.page
      ON CONFLICT (site_id, page) DO UPDATE
      SET views = excluded.views, visits = excluded.visits, rating_count = excluded.rating_count,
          rating_sum = excluded.rating_sum, changed_at = now()
      """;

  private static final String AUDIT =
      """
      INSERT INTO baseline_entry
        (site_id, page, path, views, visits, rating_count, rating_sum, reason, entered_by, import_id)
      SELECT $1, r.*, $8, $9, $10
      FROM unnest($2::bigint[], $3::text[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[]) AS r
      """;

  /** An update grows the site's revision: from then on no pod uses what it has kept. */
  private static final String SHOW =
      """
      UPDATE site SET
        baseline_since = CASE
          WHEN EXISTS (SELECT FROM baseline WHERE site_id = $1 AND (views > 0 OR visits > 0 OR rating_count > 0))
          THEN (SELECT entered_at FROM baseline_entry WHERE site_id = $1 ORDER BY id LIMIT 1) END,
        rating_baselines = EXISTS (SELECT FROM baseline WHERE site_id = $1 AND rating_count > 0)
      WHERE id = $1 AND deleted_at IS NULL
      """;

  /** Who enters balances, and why; {@code importId} is null for a single one. */
  public record Cause(String reason, String by, @Nullable Long importId) {}

  /** To be called first: whoever else writes into the site is waited for. */
  public Uni<Void> begin(SqlConnection connection, int site) {
    return connection.preparedQuery(TURN).execute(Tuple.of(site)).replaceWithVoid();
  }

  /** No page twice. */
  public Uni<Void> write(SqlConnection connection, int site, List<Balance> balances, Cause cause) {
    return connection
        .preparedQuery(MERGE)
        .execute(columns(site, balances))
        .chain(
            () ->
                connection
                    .preparedQuery(AUDIT)
                    .execute(
                        columns(site, balances)
                            .addString(cause.reason)
                            .addString(cause.by)
                            .addLong(cause.importId)))
        .replaceWithVoid();
  }

  private static Tuple columns(int site, List<Balance> balances) {
    return Tuple.tuple()
        .addInteger(site)
        .addValue(balances.stream().map(balance -> balance.page().key()).toArray(Long[]::new))
        .addValue(balances.stream().map(balance -> balance.page().path()).toArray(String[]::new))
        .addValue(longs(balances, Balance::views))
        .addValue(longs(balances, Balance::visits))
        .addValue(longs(balances, Balance::ratingCount))
        .addValue(longs(balances, Balance::ratingSum));
  }

  private static Long[] longs(List<Balance> balances, Function<Balance, Long> number) {
    return balances.stream().map(number).toArray(Long[]::new);
  }

  /** To be called last. */
  public Uni<Void> end(SqlConnection connection, int site) {
    return connection
        .preparedQuery(SHOW)
        .execute(Tuple.of(site))
        .invoke(
            changed -> {
              if (changed.rowCount() == 0) {
                throw Refusal.of(Reason.UNKNOWN_SITE, "The site has just been deleted.");
              }
            })
        .replaceWithVoid();
  }
}
