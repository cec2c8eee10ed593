package vn.luot.admin.quarantine;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import vn.luot.admin.call.Cursor;
import vn.luot.admin.numbers.Numbers;
import vn.luot.admin.quarantine.QuarantineList.DayVerdict;
import vn.luot.admin.quarantine.QuarantineList.QuarantinedDay;
import vn.luot.admin.quarantine.QuarantineList.QuarantinedHour;
import vn.luot.admin.quarantine.QuarantineList.QuarantinedPage;
import vn.luot.admin.quarantine.QuarantineList.UsualRate;
import vn.luot.connection.postgres.Rows;
import vn.luot.quarantine.UsualViews;
import vn.luot.site.Site;

/** Reads what is in quarantine, after what Redis still held of it got to PostgreSQL. */
@Singleton
record QuarantineReader(Numbers numbers, UsualViews usual, VerdictStore verdicts) {
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

  private static final String HOURS =
      """
      SELECT day, hour, sum(views)::bigint, sum(visits)::bigint FROM hourly_views
      WHERE site_id = $1 AND day = ANY ($2) GROUP BY day, hour ORDER BY day, hour
      """;

  private static final String PAGES =
      """
      SELECT d.day, coalesce(n.path, '~' || v.page), v.views, v.visits FROM unnest($2::date[]) AS d (day)
      CROSS JOIN LATERAL (
        SELECT page, sum(views)::bigint AS views, sum(visits)::bigint AS visits FROM page_views
        WHERE site_id = $1 AND day = d.day GROUP BY page ORDER BY 2 DESC, page LIMIT 20) AS v
      LEFT JOIN page AS n ON n.site_id = $1 AND n.page = v.page
      ORDER BY d.day, v.views DESC, v.page
      """;

  Uni<QuarantineList> list(Site site, String cursor, int limit) {
    LocalDate before =
        cursor == null || cursor.isEmpty()
            ? AFTER_ALL
            : VerdictStore.day(Cursor.read(cursor, LIST, 1).get(0));
    return numbers.fresh(
        Site.quarantineId(site.id()),
        site.zone(),
        asOf ->
            usual(site)
                .flatMap(
                    rate ->
                        days(site, before, limit + 1).map(days -> list(asOf, rate, days, limit))));
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
        .flatMap(days -> withDetails(site, days));
  }

  private static QuarantineList list(
      OffsetDateTime asOf, UsualRate rate, List<QuarantinedDay> days, int limit) {
    boolean more = days.size() > limit;
    List<QuarantinedDay> shown = more ? days.subList(0, limit) : days;
    return new QuarantineList(
        asOf, rate, shown, more ? Cursor.of(LIST, shown.get(limit - 1).day().toString()) : null);
  }

  /** When the views of days came, and of which pages they were: nothing of a day that is judged. */
  private Uni<List<QuarantinedDay>> withDetails(Site site, RowSet<Row> days) {
    LocalDate[] open =
        Rows.list(days, row -> row).stream()
            .filter(row -> row.getString(4) == null)
            .map(row -> row.getLocalDate(0))
            .toArray(LocalDate[]::new);
    Tuple values = Tuple.of(Site.quarantineId(site.id()), open);
    return byDay(HOURS, values, row -> hour(row, site))
        .flatMap(
            hours ->
                byDay(PAGES, values, QuarantineReader::page)
                    .map(pages -> Rows.list(days, row -> day(row, site, hours, pages))));
  }

  private <T> Uni<Map<LocalDate, List<T>>> byDay(String sql, Tuple values, Function<Row, T> read) {
    return numbers
        .query(sql, values)
        .map(
            rows ->
                Rows.list(rows, row -> row).stream()
                    .collect(groupingBy(row -> row.getLocalDate(0), mapping(read, toList()))));
  }

  private static QuarantinedHour hour(Row row, Site site) {
    return new QuarantinedHour(Rows.moment(row, 1, site.zone()), row.getLong(2), row.getLong(3));
  }

  private static QuarantinedPage page(Row row) {
    return new QuarantinedPage(row.getString(1), row.getLong(2), row.getLong(3));
  }

  private QuarantinedDay day(
      Row row,
      Site site,
      Map<LocalDate, List<QuarantinedHour>> hours,
      Map<LocalDate, List<QuarantinedPage>> pages) {
    LocalDate day = row.getLocalDate(0);
    DayVerdict verdict =
        row.getString(4) == null
            ? null
            : new DayVerdict(
                row.getString(4),
                row.getString(5),
                row.getString(6),
                Rows.moment(row, 7, site.zone()));
    return new QuarantinedDay(
        day,
        row.getLong(1),
        row.getLong(2),
        row.getLong(3),
        hours.getOrDefault(day, List.of()),
        pages.getOrDefault(day, List.of()),
        verdicts.judgeableFrom(day, site).atZone(site.zone()).toOffsetDateTime(),
        verdict);
  }
}
