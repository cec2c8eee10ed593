package vn.luot.admin.upkeep;

import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.LocalDate;
import vn.luot.connection.Unis;
import vn.luot.flush.DayClearing;
import vn.luot.live.RedisClock;
import vn.luot.register.Kind;
import vn.luot.register.RegisterTables;
import vn.luot.setting.Allowed;
import vn.luot.site.Site;
import vn.luot.site.registry.RegistryUnknown;

/**
 * Removes the details that sites no longer keep. Totals and days stay as they are. Who removed an
 * address of reports goes after a year.
 *
 * <p>A day that Redis still holds is not touched: it may be flushed once more, and what was summed
 * up meanwhile would then be counted twice; so would what was admitted from quarantine, or waits
 * there to be settled. Where Redis cannot say so, everything stays for now.
 */
@Singleton
public record Retention(
    Pool pool, RegisterTables registers, DayClearing redis, RedisClock clock, Config config) {
  /**
   * By PostgreSQL's clock or Redis's, whichever is behind: a day without details takes no more
   * counts, so none may go too early.
   */
  private static final String DUE =
      """
      SELECT id, least(
        (least(now(), to_timestamp($2 / 1000.0)) AT TIME ZONE (rules->>'timeZone'))::date - (rules->>'detailDays')::int,
        (SELECT min(v.day) FROM quarantine_verdict AS v WHERE v.site_id = site.id AND (
           EXISTS (SELECT FROM page_views WHERE site_id = v.site_id + $1 AND day = v.day)
           OR EXISTS (SELECT FROM hourly_views WHERE site_id = v.site_id + $1 AND day = v.day)))) AS keep_from
      FROM site
      WHERE rules->>'detailDays' IS NOT NULL AND deleted_at IS NULL
      ORDER BY 1
      """;

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

  private static final String FORGET_MAILS =
      "DELETE FROM report_mail WHERE removed_at < now() - interval '1 year'";

  @Scheduled(
      every = "{luot.retention.every}",
      delayed = "30s",
      skipExecutionIf = RegistryUnknown.class,
      concurrentExecution = ConcurrentExecution.SKIP)
  public Uni<Void> removeDue() {
    return pool.query(FORGET_MAILS)
        .execute()
        .flatMap(
            done -> pool.preparedQuery(DUE).execute(Tuple.of(Site.quarantineId(0), clock.millis())))
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
        .flatMap(before -> removeBefore(site, before))
        .plug(Unis.orNull(e -> Log.warnf("Details of site %d stay for now: %s", site, e)));
  }

  /**
   * Broken off or done by two pods at once, it is simply done again. Totals stay the sum of their
   * rows at every commit: what is removed is summed up by the same statement.
   */
  Uni<Void> removeBefore(int site, LocalDate day) {
    int most = config.atOnce();
    Uni<Void> removed =
        pool.preparedQuery(MARK)
            .execute(Tuple.of(site, day))
            .chain(() -> Unis.inChunks(most, () -> removePast(site, day, most)));
    for (Kind kind : Kind.values()) {
      removed =
          removed.chain(() -> Unis.inChunks(most, () -> registers.remove(kind, site, day, most)));
    }
    return removed;
  }

  private Uni<Long> removePast(int site, LocalDate day, int most) {
    return pool.preparedQuery(PAST)
        .execute(Tuple.of(site, day, most))
        .map(rows -> rows.iterator().next().getLong(0));
  }

  /** Settings of how details go that a site no longer keeps. */
  @ConfigMapping(prefix = "luot.retention")
  interface Config {
    /** How often such details are looked for. */
    @WithConverter(Allowed.SomeTime.class)
    Duration every();

    /** Rows summed up by one transaction, so that none of them holds up the flush for long. */
    @WithDefault("20000")
    @WithConverter(Allowed.FromOne.class)
    int atOnce();
  }
}
