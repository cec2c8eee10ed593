package vn.luot.admin.retention;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.List;

/**
 * Removes a site's numbers by page, hour and referrer of before a day.
 *
 * <p>Totals stay the sum of their rows at every commit: what is removed is summed up, by the same
 * statement, in rows of epoch 0, which no Redis ever has. Triggers take the rows that go from the
 * totals and add the sums, which comes to nothing.
 */
@ApplicationScoped
class SiteDetails {
  /** First of all, so that nobody takes what is removed for nothing counted. */
  private static final String MARK =
      """
      INSERT INTO detail_kept AS d VALUES ($1, $2)
      ON CONFLICT (site_id) DO UPDATE SET kept_from = greatest(d.kept_from, excluded.kept_from)
      """;

  /**
   * All of a page's removed days become one row. The lock is the flush's. A bare ctid beside
   * another table would be that of the row to be deleted, and so name every row.
   */
  private static final String PAGES =
      """
      WITH turn AS MATERIALIZED (SELECT pg_advisory_xact_lock(2, $1)),
      gone AS (
        DELETE FROM page_views WHERE ctid = ANY (ARRAY(
          SELECT v.ctid FROM turn CROSS JOIN page_views AS v
          WHERE site_id = $1 AND day > '1970-01-01' AND day < $2
          ORDER BY day LIMIT $3))
        RETURNING page, views, visits),
      kept AS (
        INSERT INTO page_views AS p (site_id, day, page, epoch, views, visits)
        SELECT $1, '1970-01-01', page, 0, sum(views), sum(visits) FROM gone GROUP BY page ORDER BY page
        ON CONFLICT (site_id, day, page, epoch) DO UPDATE
        SET views = p.views + excluded.views, visits = p.visits + excluded.visits)
      SELECT count(*) FROM gone
      """;

  /** The hours of each removed day become one row, so that a day keeps its sums. */
  private static final String HOURS =
      """
      WITH turn AS MATERIALIZED (SELECT pg_advisory_xact_lock(1, $1)),
      gone AS (
        DELETE FROM hourly_views WHERE ctid = ANY (ARRAY(
          SELECT h.ctid FROM turn CROSS JOIN hourly_views AS h
          WHERE site_id = $1 AND day < $2 AND epoch <> 0
          ORDER BY day LIMIT $3))
        RETURNING day, hour, views, visits, bots),
      kept AS (
        INSERT INTO hourly_views AS h (site_id, day, hour, epoch, views, visits, bots)
        SELECT $1, day, day::timestamp AT TIME ZONE 'UTC', 0, sum(views), sum(visits), sum(bots)
        FROM gone GROUP BY day ORDER BY day
        ON CONFLICT (site_id, day, hour, epoch) DO UPDATE
        SET views = h.views + excluded.views, visits = h.visits + excluded.visits,
            bots = h.bots + excluded.bots)
      SELECT count(*) FROM gone
      """;

  private static final String REFERRERS =
      """
      WITH gone AS (
        DELETE FROM referrer_views WHERE ctid = ANY (ARRAY(
          SELECT ctid FROM referrer_views WHERE site_id = $1 AND day < $2 LIMIT $3))
        RETURNING 1)
      SELECT count(*) FROM gone
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

  private final Pool pool;
  private final RetentionConfig config;

  SiteDetails(Pool pool, RetentionConfig config) {
    this.pool = pool;
    this.config = config;
  }

  /** Broken off or done by two pods at once, it is simply done again. */
  Uni<Void> removeBefore(int site, LocalDate day) {
    return pool.preparedQuery(MARK)
        .execute(Tuple.of(site, day))
        .onItem()
        .transformToMulti(
            done -> Multi.createFrom().iterable(List.of(PAST, PAGES, HOURS, REFERRERS)))
        .onItem()
        .transformToUniAndConcatenate(sql -> remove(sql, site, day))
        .collect()
        .last()
        .replaceWithVoid();
  }

  private Uni<Long> remove(String sql, int site, LocalDate day) {
    return Uni.createFrom()
        .deferred(() -> pool.preparedQuery(sql).execute(Tuple.of(site, day, config.atOnce())))
        .map(SiteDetails::count)
        .repeat()
        .until(removed -> removed < config.atOnce())
        .collect()
        .last();
  }

  private static long count(RowSet<Row> rows) {
    return rows.iterator().next().getLong(0);
  }
}
