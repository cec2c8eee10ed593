package vn.luot.admin.quarantine;

import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import vn.luot.connection.Unis;
import vn.luot.flush.DayClearing;
import vn.luot.register.Kind;
import vn.luot.site.Site;
import vn.luot.site.registry.RegistryUnknown;

/**
 * Settles what came into quarantine after its day was judged: Redis is flushed once more now and
 * then. Two pods that do it at once do it twice, one after the other.
 */
@Singleton
record SettlementSchedule(Pool pool, Settlement settlement, DayClearing redis) {
  private static final String LATE =
      """
      SELECT v.site_id, v.day, v.verdict FROM quarantine_verdict AS v
      JOIN site AS s ON s.id = v.site_id AND s.deleted_at IS NULL
      WHERE %s
         OR EXISTS (SELECT FROM daily_visitors WHERE site_id = v.site_id + $1 AND day = v.day)
      ORDER BY 1, 2
      """
          .formatted(
              Stream.of(Kind.values())
                  .map(kind -> kind.table)
                  .map(
                      "EXISTS (SELECT FROM %s WHERE site_id = v.site_id + $1 AND day = v.day)"
                          ::formatted)
                  .collect(Collectors.joining(" OR ")));

  /** Names stay as long as a pod may not report them again, believing that it has. */
  private static final String EMPTY =
      """
      SELECT s.id FROM site AS s
      WHERE EXISTS (SELECT FROM page WHERE site_id = s.id + $1)
        AND NOT EXISTS (SELECT FROM page_views WHERE site_id = s.id + $1)
      ORDER BY 1
      """;

  private static final String FORGET_NAMES =
      "DELETE FROM page WHERE site_id = $1 AND first_seen < now() - interval '1 day'";

  @Scheduled(
      every = "{luot.quarantine.settle-every}",
      delayed = "25s",
      skipExecutionIf = RegistryUnknown.class,
      concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> settleLate() {
    return each(LATE, this::settle)
        .chain(() -> each(EMPTY, row -> forgetNames(row.getInteger(0))))
        .plug(Unis.orNull(e -> Log.warnf("Judged days are not settled and will be: %s", e)));
  }

  private Uni<Void> each(String sql, Function<Row, Uni<Void>> step) {
    return pool.preparedQuery(sql)
        .execute(Tuple.of(Site.quarantineId(0)))
        .flatMap(rows -> Unis.inTurn(rows, step::apply));
  }

  private Uni<Void> settle(Row late) {
    int site = late.getInteger(0);
    return pool.withTransaction(
        in ->
            settlement
                .takeTurns(in, site)
                .chain(
                    () ->
                        settlement.settle(
                            in, site, late.getLocalDate(1), Verdict.of(late.getString(2)))));
  }

  private Uni<Void> forgetNames(int site) {
    int quarantine = Site.quarantineId(site);
    return redis
        .earliestDay(quarantine)
        .flatMap(
            held ->
                held != null
                    ? Uni.createFrom().voidItem()
                    : pool.preparedQuery(FORGET_NAMES)
                        .execute(Tuple.of(quarantine))
                        .replaceWithVoid());
  }
}
