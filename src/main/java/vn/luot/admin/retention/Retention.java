package vn.luot.admin.retention;

import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.LocalDate;
import vn.luot.connection.Unis;
import vn.luot.flush.DayClearing;
import vn.luot.site.Site;
import vn.luot.site.registry.RegistryUnknown;

/**
 * Removes the details that sites no longer keep. Totals and days stay as they are.
 *
 * <p>A day that Redis still holds is not touched: it may be flushed once more, and what was summed
 * up meanwhile would then be counted twice; so would what was admitted from quarantine, or waits
 * there to be settled. Where Redis cannot say so, everything stays for now.
 */
@Singleton
public record Retention(Pool pool, SiteDetails details, DayClearing redis) {
  private static final String DUE =
      """
      SELECT id, least(
        (now() AT TIME ZONE (rules->>'timeZone'))::date - (rules->>'detailDays')::int,
        (SELECT min(v.day) FROM quarantine_verdict AS v WHERE v.site_id = site.id AND (
           EXISTS (SELECT FROM page_views WHERE site_id = v.site_id + $1 AND day = v.day)
           OR EXISTS (SELECT FROM hourly_views WHERE site_id = v.site_id + $1 AND day = v.day)))) AS keep_from
      FROM site
      WHERE rules->>'detailDays' IS NOT NULL AND deleted_at IS NULL
      ORDER BY 1
      """;

  @Scheduled(
      every = "{luot.retention.every}",
      delayed = "30s",
      skipExecutionIf = RegistryUnknown.class,
      concurrentExecution = ConcurrentExecution.SKIP)
  public Uni<Void> removeDue() {
    return pool.preparedQuery(DUE)
        .execute(Tuple.of(Site.quarantineId(0)))
        .flatMap(rows -> Unis.inTurn(rows, row -> remove(row.getInteger(0), row.getLocalDate(1))));
  }

  private Uni<LocalDate> notHeld(int site, LocalDate keepFrom) {
    return redis
        .earliestDay(site)
        .map(held -> held != null && held.isBefore(keepFrom) ? held : keepFrom);
  }

  private Uni<Void> remove(int site, LocalDate keepFrom) {
    return notHeld(site, keepFrom)
        .flatMap(before -> notHeld(Site.quarantineId(site), before))
        .flatMap(before -> details.removeBefore(site, before))
        .plug(Unis.orNull(e -> Log.warnf("Details of site %d stay for now: %s", site, e)));
  }
}
