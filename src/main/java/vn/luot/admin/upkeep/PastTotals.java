package vn.luot.admin.upkeep;

import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.LocalDate;
import vn.luot.admin.numbers.Numbers;
import vn.luot.connection.Unis;
import vn.luot.register.Kind;
import vn.luot.register.Lock;
import vn.luot.site.registry.RegistryUnknown;

/**
 * The totals of a site's pages as they were at the end of some past days, so that any range is read
 * from few rows.
 *
 * <p>One is due when the days since the one before have at least as many rows as that one: so they
 * take no more space than the rows they are made of, and a range of any length costs two of them
 * and at most as much again for the days at its ends. A trigger takes the mark of a past total away
 * in the very transaction that changes one of its rows.
 */
@Singleton
record PastTotals(Pool pool, Numbers.Config config) {
  /** Days: until then rows may well change. */
  private static final int SETTLED_AFTER = 3;

  private static final int AT_ONCE = 50_000;

  /** Past totals of one site that are summed up in one go: a year of a large one. */
  private static final int MOST = 100;

  private static final String SITES = "SELECT id FROM site WHERE deleted_at IS NULL ORDER BY id";

  /** The lock of the flush into page_views: what is summed up must not change meanwhile. */
  private static final String TAKE_TURN = "SELECT " + Lock.PAGES.of("$1");

  /**
   * The last past total that counts, and the day of the row that makes the next one due. One from
   * before details were removed is no base: rows that came after it have gone since.
   */
  private static final String DUE =
      """
      WITH kept AS MATERIALIZED (
        SELECT coalesce((SELECT kept_from - 1 FROM detail_kept WHERE site_id = $1), '2000-01-01'::date) AS first),
      base AS MATERIALIZED (
        SELECT day, pages FROM past_day WHERE site_id = $1 AND day >= (SELECT first FROM kept)
        ORDER BY day DESC LIMIT 1)
      SELECT (SELECT day FROM base) AS base, day FROM page_views
      WHERE site_id = $1 AND day <= current_date - $2::int
        AND day >= coalesce((SELECT day + 1 FROM base), (SELECT first FROM kept))
      ORDER BY day
      OFFSET greatest($3, (SELECT pages FROM base)) - 1 LIMIT 1
      """;

  /**
   * Of past totals that no longer count. One that is being summed up is not seen, nor is its mark.
   */
  private static final String FORGET =
      """
      DELETE FROM past_total WHERE ctid = ANY (ARRAY(
        SELECT ctid FROM past_total
        WHERE site_id = $1 AND day > coalesce($2, '-infinity'::date)
          AND day NOT IN (SELECT day FROM past_day WHERE site_id = $1)
        LIMIT $3))
      """;

  private static final String SUM =
      """
      WITH summed AS (
        INSERT INTO past_total (site_id, day, page, %1$s)
        SELECT $1, $3, page, %2$s FROM (
          SELECT page, %1$s FROM past_total WHERE site_id = $1 AND day = $2::date
          UNION ALL
          SELECT page, %1$s FROM page_views
          WHERE site_id = $1 AND day <= $3 AND ($2::date IS NULL OR day > $2)) AS parts
        GROUP BY page ORDER BY page
        RETURNING 1)
      INSERT INTO past_day SELECT $1, $3, count(*) FROM summed
      """
          .formatted(Kind.PAGES.each("%s"), Kind.PAGES.each("sum_up(%s)"));

  /** Sums up those that are due. Two pods that do it at once take turns. */
  @Scheduled(
      every = "{luot.numbers.past-totals-every}",
      delayed = "20s",
      skipExecutionIf = RegistryUnknown.class,
      concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> sumDue() {
    return pool.query(SITES)
        .execute()
        .flatMap(sites -> Unis.inTurn(sites, row -> sumDue(row.getInteger(0))))
        .plug(
            Unis.orNull(
                e -> Log.warnf("Past totals could not be summed up and will be again: %s", e)));
  }

  private Uni<Boolean> sumDue(int site) {
    return Multi.createBy()
        .repeating()
        .uni(() -> sumNext(site, config.pastTotalRows()))
        .whilst(summed -> summed)
        .select()
        .first(MOST)
        .collect()
        .last();
  }

  /**
   * Whether one was due: there may be another then. Mostly none is, so it is asked without the
   * lock.
   *
   * @param fewest rows since the one before, at least
   */
  Uni<Boolean> sumNext(int site, long fewest) {
    return due(pool, site, fewest)
        .flatMap(
            due ->
                due == null
                    ? Uni.createFrom().item(false)
                    : forget(site, due.base)
                        .flatMap(done -> pool.withTransaction(in -> sum(in, site, fewest, due))));
  }

  private static Uni<Due> due(SqlClient client, int site, long fewest) {
    return client
        .preparedQuery(DUE)
        .execute(Tuple.of(site, SETTLED_AFTER, fewest))
        .map(RowSet::iterator)
        .map(rows -> rows.hasNext() ? Due.of(rows.next()) : null);
  }

  private Uni<Void> forget(int site, LocalDate base) {
    Tuple values = Tuple.of(site, base, AT_ONCE);
    return Unis.inChunks(
        AT_ONCE, () -> pool.preparedQuery(FORGET).execute(values).map(RowSet::rowCount));
  }

  /** What was due may have changed before it was this pod's turn; then it is asked once more. */
  private static Uni<Boolean> sum(SqlConnection in, int site, long fewest, Due expected) {
    return in.preparedQuery(TAKE_TURN)
        .execute(Tuple.of(site))
        .flatMap(turn -> due(in, site, fewest))
        .flatMap(
            due ->
                expected.equals(due)
                    ? in.preparedQuery(SUM).execute(Tuple.of(site, due.base, due.day))
                    : Uni.createFrom().nullItem())
        .replaceWith(true);
  }

  /**
   * @param base the past total to go on from; null for none
   */
  private record Due(LocalDate base, LocalDate day) {
    static Due of(Row row) {
      return new Due(row.getLocalDate(0), row.getLocalDate(1));
    }
  }
}
