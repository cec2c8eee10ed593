package vn.luot.admin.quarantine;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import vn.luot.admin.body.Cursor;
import vn.luot.admin.numbers.Numbers;
import vn.luot.admin.quarantine.QuarantineList.DayVerdict;
import vn.luot.admin.quarantine.QuarantineList.QuarantinedDay;
import vn.luot.admin.quarantine.QuarantineList.UsualRate;
import vn.luot.connection.postgres.Rows;
import vn.luot.flush.SiteFlush;
import vn.luot.quarantine.UsualViews;
import vn.luot.site.Site;

/** Reads what is in quarantine, after what Redis still held of it got to PostgreSQL. */
@Singleton
record QuarantineReader(
    Numbers numbers,
    SiteFlush flush,
    UsualViews usual,
    QuarantineDetails details,
    JudgedDay judged) {
  private static final String LIST = "quarantine";
  private static final LocalDate AFTER_ALL = LocalDate.of(2200, 1, 1);

  /** Of a judged day the verdict's numbers: what comes late is on its way after it. */
  private static final String DAYS =
      """
      SELECT d.day, coalesce(v.views, t.views), coalesce(v.visits, t.visits),
             CASE WHEN v.day IS NULL THEN (
               SELECT count(DISTINCT page) FROM page_views WHERE site_id = $2 AND day = d.day) ELSE 0 END,
             v.verdict, v.reason, v.entered_by, v.entered_at
      FROM (
        SELECT day FROM daily_total AS t
        WHERE site_id = $2 AND day < $3 AND (views + visits > 0 OR EXISTS (
          SELECT FROM page_views AS p WHERE p.site_id = $2 AND p.day = t.day)) -- downloads
        UNION SELECT day FROM quarantine_verdict WHERE site_id = $1 AND day < $3
        ORDER BY day DESC LIMIT $4) AS d
      LEFT JOIN daily_total AS t ON t.site_id = $2 AND t.day = d.day
      LEFT JOIN quarantine_verdict AS v ON v.site_id = $1 AND v.day = d.day
      ORDER BY d.day DESC
      """;

  Uni<QuarantineList> list(Site site, String cursor, int limit) {
    LocalDate before =
        cursor == null || cursor.isEmpty()
            ? AFTER_ALL
            : JudgedDay.of(Cursor.read(cursor, LIST, 1).get(0));
    return flush
        .flush(Site.quarantineId(site.id()))
        .flatMap(
            complete ->
                usual(site)
                    .flatMap(
                        rate ->
                            days(site, before, limit + 1)
                                .map(days -> list(site, complete, rate, days, limit))));
  }

  private Uni<UsualRate> usual(Site site) {
    return numbers
        .readable(usual.read(site.id(), site.zone()))
        .map(
            known -> {
              double most =
                  known.mostPerMinute(
                      site.rules().quarantineFactor(), site.rules().quarantineAbovePerMinute());
              return new UsualRate(
                  known.days(), (long) known.busiestHour(), most == 0 ? null : (long) most);
            });
  }

  /** One day, judged or not. */
  Uni<QuarantinedDay> day(Site site, LocalDate day) {
    return days(site, day.plusDays(1), 1).map(days -> days.get(0));
  }

  private Uni<List<QuarantinedDay>> days(Site site, LocalDate before, int limit) {
    return numbers
        .query(DAYS, Tuple.of(site.id(), Site.quarantineId(site.id()), before, limit))
        .map(rows -> Rows.list(rows, row -> day(row, site)))
        .flatMap(days -> details.of(site, days));
  }

  private static QuarantineList list(
      Site site, Instant complete, UsualRate rate, List<QuarantinedDay> days, int limit) {
    boolean more = days.size() > limit;
    List<QuarantinedDay> shown = more ? days.subList(0, limit) : days;
    return new QuarantineList(
        complete == null
            ? null
            : complete.atZone(site.zone()).toOffsetDateTime().truncatedTo(ChronoUnit.MILLIS),
        rate,
        shown,
        more ? Cursor.of(LIST, shown.get(limit - 1).day().toString()) : null);
  }

  private QuarantinedDay day(Row row, Site site) {
    ZoneId zone = site.zone();
    OffsetDateTime at = row.getOffsetDateTime(7);
    return new QuarantinedDay(
        row.getLocalDate(0),
        row.getLong(1),
        row.getLong(2),
        row.getLong(3),
        List.of(),
        List.of(),
        judged.from(row.getLocalDate(0), site).atZone(zone).toOffsetDateTime(),
        at == null
            ? null
            : new DayVerdict(
                row.getString(4),
                row.getString(5),
                row.getString(6),
                at.atZoneSameInstant(zone).toOffsetDateTime()));
  }
}
