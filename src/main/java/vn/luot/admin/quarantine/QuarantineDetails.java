package vn.luot.admin.quarantine;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import vn.luot.admin.numbers.Numbers;
import vn.luot.admin.quarantine.QuarantineList.QuarantinedDay;
import vn.luot.admin.quarantine.QuarantineList.QuarantinedHour;
import vn.luot.admin.quarantine.QuarantineList.QuarantinedPage;
import vn.luot.site.Site;

/** What owners need to judge a day: when its views came, and of which pages they were. */
@Singleton
record QuarantineDetails(Numbers numbers) {
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

  /** The same days with their hours and pages, where they are not judged. */
  Uni<List<QuarantinedDay>> of(Site site, List<QuarantinedDay> days) {
    LocalDate[] open =
        days.stream()
            .filter(day -> day.verdict() == null)
            .map(QuarantinedDay::day)
            .toArray(LocalDate[]::new);
    if (open.length == 0) {
      return Uni.createFrom().item(days);
    }
    Tuple values = Tuple.of(Site.quarantineId(site.id()), open);
    ZoneId zone = site.zone();
    return byDay(HOURS, values, row -> hour(row, zone))
        .flatMap(
            hours ->
                byDay(PAGES, values, QuarantineDetails::page)
                    .map(pages -> days.stream().map(day -> with(day, hours, pages)).toList()));
  }

  private <T> Uni<Map<LocalDate, List<T>>> byDay(String sql, Tuple values, Function<Row, T> read) {
    return numbers
        .query(sql, values)
        .map(
            rows -> {
              Map<LocalDate, List<T>> days = new HashMap<>();
              rows.forEach(
                  row ->
                      days.computeIfAbsent(row.getLocalDate(0), day -> new ArrayList<>())
                          .add(read.apply(row)));
              return days;
            });
  }

  private static QuarantinedHour hour(Row row, ZoneId zone) {
    return new QuarantinedHour(
        row.getOffsetDateTime(1).atZoneSameInstant(zone).toOffsetDateTime(),
        row.getLong(2),
        row.getLong(3));
  }

  private static QuarantinedPage page(Row row) {
    return new QuarantinedPage(row.getString(1), row.getLong(2), row.getLong(3));
  }

  private static QuarantinedDay with(
      QuarantinedDay day,
      Map<LocalDate, List<QuarantinedHour>> hours,
      Map<LocalDate, List<QuarantinedPage>> pages) {
    return new QuarantinedDay(
        day.day(),
        day.views(),
        day.visits(),
        day.pageCount(),
        hours.getOrDefault(day.day(), List.of()),
        pages.getOrDefault(day.day(), List.of()),
        day.judgeableFrom(),
        day.verdict());
  }
}
