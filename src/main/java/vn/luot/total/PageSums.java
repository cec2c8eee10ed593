package vn.luot.total;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What PostgreSQL knows of the views of pages, all of it at one moment. */
@ApplicationScoped
public class PageSums {
  private static final String LOAD =
      """
      SELECT k.page, coalesce(b.views, 0) AS baseline, coalesce(t.views, 0) AS total,
             r.current, r.before_today, r.current_yesterday, r.before_yesterday
      FROM unnest($2::bigint[]) AS k (page)
      LEFT JOIN page_total AS t ON t.site_id = $1 AND t.page = k.page
      LEFT JOIN baseline AS b ON b.site_id = $1 AND b.page = k.page
      CROSS JOIN LATERAL (
        SELECT coalesce(sum(views) FILTER (WHERE day = $3 AND epoch = $4), 0)::bigint,
               coalesce(sum(views) FILTER (WHERE day = $3 AND epoch = $5), 0)::bigint,
               coalesce(sum(views) FILTER (WHERE day <> $3 AND epoch = $4), 0)::bigint,
               coalesce(sum(views) FILTER (WHERE day <> $3 AND epoch = $5), 0)::bigint
        FROM page_views
        WHERE site_id = $1 AND day IN ($3, $3 - 1) AND page = k.page AND epoch IN ($4, $5)
      ) AS r (current, before_today, current_yesterday, before_yesterday)
      """;

  private final Pool pool;

  PageSums(Pool pool) {
    this.pool = pool;
  }

  /**
   * @param baseline the opening balance
   * @param total everything flushed
   * @param current the register of today in the current epoch
   * @param late the registers that may hold more in Redis, in the order of {@code LateRegisters}
   */
  public record Sum(long baseline, long total, long current, long[] late) {}

  /** By page key. */
  public Uni<Map<Long, Sum>> load(
      int site, LocalDate today, long epoch, long previousEpoch, List<Long> pages) {
    Tuple values = Tuple.of(site, pages.toArray(Long[]::new), today, epoch, previousEpoch);
    return pool.preparedQuery(LOAD).execute(values).map(PageSums::sums);
  }

  private static Map<Long, Sum> sums(Iterable<Row> rows) {
    Map<Long, Sum> sums = new HashMap<>();
    for (Row row : rows) {
      long[] late = {row.getLong(4), row.getLong(5), row.getLong(6)};
      sums.put(row.getLong(0), new Sum(row.getLong(1), row.getLong(2), row.getLong(3), late));
    }
    return sums;
  }
}
