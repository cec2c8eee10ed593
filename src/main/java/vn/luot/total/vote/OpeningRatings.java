package vn.luot.total.vote;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What ratings began with. */
@ApplicationScoped
public class OpeningRatings {
  private static final String LOAD =
      """
      SELECT k.page, coalesce(b.rating_count, 0), coalesce(b.rating_sum, 0)
      FROM unnest($2::bigint[]) AS k (page)
      LEFT JOIN baseline AS b ON b.site_id = $1 AND b.page = k.page
      """;

  private final Pool pool;

  OpeningRatings(Pool pool) {
    this.pool = pool;
  }

  /** Zeros where there is no opening balance. */
  public record Opening(long count, long sum) {}

  /** By page key, for every page asked for. */
  public Uni<Map<Long, Opening>> load(int site, List<Long> pages) {
    return pool.preparedQuery(LOAD)
        .execute(Tuple.of(site, pages.toArray(Long[]::new)))
        .map(
            rows -> {
              Map<Long, Opening> openings = new HashMap<>();
              rows.forEach(
                  row -> openings.put(row.getLong(0), new Opening(row.getLong(1), row.getLong(2))));
              return openings;
            });
  }
}
