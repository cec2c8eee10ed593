package vn.luot.admin.quarantine;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import vn.luot.admin.access.Owner;
import vn.luot.admin.quarantine.Verdict.VerdictOrder;
import vn.luot.connection.postgres.PostgresAnswer;
import vn.luot.flush.SiteFlush;
import vn.luot.refusal.Reason;
import vn.luot.refusal.Refusal;
import vn.luot.setting.Allowed;
import vn.luot.site.Site;
import vn.luot.site.registry.Sites;

/**
 * Judges days: once each, and only when nothing can be added to them any more. Registers of pages
 * are kept by day, so nothing less can be judged.
 */
@Singleton
record VerdictStore(
    Pool pool, Settlement settlement, SiteFlush flush, Sites sites, Config settings, Clock clock) {
  private static final String DATE = "20\\d{2}-\\d{2}-\\d{2}";

  /** There is no row where the day was judged already, or nothing of it is there. */
  private static final String JUDGE =
      """
      INSERT INTO quarantine_verdict (site_id, day, verdict, views, visits, reason, entered_by)
      SELECT $1, $3, $4, sum(views), sum(visits), $5, $6 FROM hourly_views
      WHERE site_id = $2 AND day = $3 HAVING count(*) > 0
      ON CONFLICT (site_id, day) DO NOTHING
      """;

  private static final String JUDGED =
      "SELECT verdict FROM quarantine_verdict WHERE site_id = $1 AND day = $2";

  static LocalDate day(String written) {
    try {
      if (written.matches(DATE)) {
        return LocalDate.parse(written);
      }
    } catch (DateTimeException e) {
      // Answered below, like what does not look like a day.
    }
    throw Refusal.ofField("day", "a local day such as 2026-11-20");
  }

  /** When all of a day is there to be judged. */
  Instant judgeableFrom(LocalDate day, Site site) {
    return day.plusDays(1).atStartOfDay(site.zone()).toInstant().plus(settings.judgeAfter());
  }

  /** Once this is done, this pod shows what was admitted; the others do within seconds. */
  Uni<Void> judge(Site site, LocalDate day, VerdictOrder order, Owner by) {
    Instant from = judgeableFrom(day, site);
    if (clock.instant().isBefore(from)) {
      throw Refusal.of(Reason.CONFLICT, "The day is not over; judge it from " + from + " on.");
    }
    Uni<Void> judging =
        flush
            .flush(Site.quarantineId(site.id()))
            .invoke(complete -> requireComplete(complete, from))
            .flatMap(complete -> pool.withTransaction(in -> judge(in, site.id(), day, order, by)));
    return PostgresAnswer.write(judging, settings.giveUpAfter(), "see whether it is listed")
        .call(() -> sites.refresh());
  }

  /** Last hits of the day that PostgreSQL lacks would come after the verdict. */
  private static void requireComplete(Instant complete, Instant from) {
    if (complete == null || complete.isBefore(from)) {
      throw Refusal.forNow(
          Reason.NOT_READABLE, "Not all of the day is in PostgreSQL yet; try again.");
    }
  }

  private Uni<Void> judge(SqlConnection in, int site, LocalDate day, VerdictOrder order, Owner by) {
    Verdict verdict = order.asVerdict();
    Tuple entry =
        Tuple.of(
            site, Site.quarantineId(site), day, verdict.label(), order.reason().strip(), by.name());
    return settlement
        .takeTurns(in, site)
        .chain(() -> in.preparedQuery(JUDGE).execute(entry))
        .flatMap(
            rows ->
                rows.rowCount() == 1
                    ? settlement.settle(in, site, day, verdict)
                    : refuse(in, site, day));
  }

  private static Uni<Void> refuse(SqlConnection in, int site, LocalDate day) {
    return in.preparedQuery(JUDGED)
        .execute(Tuple.of(site, day))
        .map(
            rows -> {
              throw rows.size() == 0
                  ? Refusal.of(Reason.NOT_FOUND, "Nothing of this day is in quarantine.")
                  : Refusal.of(
                      Reason.CONFLICT, "This day is " + rows.iterator().next().getString(0) + ".");
            });
  }

  /** Settings of how what is in quarantine is judged. */
  @ConfigMapping(prefix = "luot.quarantine")
  interface Config {
    /** How long a day must be over before it is judged: its last hits may be on their way. */
    @WithDefault("10m")
    @WithConverter(Allowed.SomeTimeOrNone.class)
    Duration judgeAfter();

    /** How often what came late of days judged already is looked for. */
    @WithConverter(Allowed.SomeTime.class)
    Duration settleEvery();

    /** The longest it may take to move a day's rows: 20,000 pages take about a second. */
    @WithDefault("1m")
    @WithConverter(Allowed.SomeTime.class)
    Duration giveUpAfter();
  }
}
