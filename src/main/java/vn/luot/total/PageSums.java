package vn.luot.total;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.util.List;
import vn.luot.register.SiteDay;

/** What PostgreSQL knows of the views of pages, all of it at one moment. */
@Singleton
public record PageSums(Pool pool) {
  private static final String LOAD =
      """
      SELECT k.place, coalesce(b.views, 0) AS baseline, coalesce(t.views, 0) AS total,
             r.current, r.before_today, r.current_yesterday, r.before_yesterday
      FROM unnest($1::int[], $2::bigint[], $3::date[], $4::bigint[], $5::bigint[])
        WITH ORDINALITY AS k (site, page, today, epoch, before, place)
      LEFT JOIN page_total AS t ON t.site_id = k.site AND t.page = k.page
      LEFT JOIN baseline AS b ON b.site_id = k.site AND b.page = k.page
      CROSS JOIN LATERAL (
        SELECT coalesce(sum(views) FILTER (WHERE day = k.today AND epoch = k.epoch), 0)::bigint,
               coalesce(sum(views) FILTER (WHERE day = k.today AND epoch = k.before), 0)::bigint,
               coalesce(sum(views) FILTER (WHERE day <> k.today AND epoch = k.epoch), 0)::bigint,
               coalesce(sum(views) FILTER (WHERE day <> k.today AND epoch = k.before), 0)::bigint
        FROM page_views
        WHERE site_id = k.site AND day IN (k.today, k.today - 1) AND page = k.page
          AND epoch IN (k.epoch, k.before)
      ) AS r (current, before_today, current_yesterday, before_yesterday)
      """;

  /** A page of a site, on which day and in which epoch of Redis it is asked for. */
  public record Asked(SiteDay today, long page, long previousEpoch) {}

  /**
   * @param baseline the opening balance
   * @param total everything flushed
   * @param current the register of today in the current epoch
   * @param late the registers that may hold more in Redis, in the order of {@code SiteBase.late}
   */
  public record Sum(long baseline, long total, long current, long[] late) {}

  /** Of any sites, in the order asked for. */
  public Uni<List<Sum>> load(List<Asked> asked) {
    Tuple values =
        Tuple.of(
            asked.stream().map(it -> it.today.site()).toArray(Integer[]::new),
            asked.stream().map(Asked::page).toArray(Long[]::new),
            asked.stream().map(it -> it.today.day()).toArray(LocalDate[]::new),
            asked.stream().map(it -> it.today.epoch()).toArray(Long[]::new),
            asked.stream().map(Asked::previousEpoch).toArray(Long[]::new));
    return pool.preparedQuery(LOAD).execute(values).map(rows -> sums(rows, asked.size()));
  }

  private static List<Sum> sums(Iterable<Row> rows, int asked) {
    Sum[] sums = new Sum[asked];
    for (Row row : rows) {
      long[] late = {row.getLong(4), row.getLong(5), row.getLong(6)};
      sums[row.getInteger(0) - 1] = new Sum(row.getLong(1), row.getLong(2), row.getLong(3), late);
    }
    return List.of(sums);
  }
}
