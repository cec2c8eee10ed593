package vn.luot.admin.report;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import vn.luot.admin.numbers.Numbers;
import vn.luot.admin.numbers.Span;
import vn.luot.admin.report.Overview.Group;
import vn.luot.admin.report.Overview.Line;
import vn.luot.admin.report.Overview.OverviewDays;
import vn.luot.admin.report.Overview.OverviewDays.Day;
import vn.luot.admin.report.Overview.Sums;
import vn.luot.connection.Unis;
import vn.luot.connection.postgres.Rows;
import vn.luot.live.ReadSite;
import vn.luot.live.SiteNumbers;
import vn.luot.site.Period;
import vn.luot.site.Site;
import vn.luot.site.page.Page;

/**
 * Reads all sites' numbers at once: by one query and, in a cluster by bucket, one call of Redis.
 */
@Singleton
public record OverviewReader(Numbers numbers, ReadSite live, Clock clock) {
  /** Where each site's day, month and hours begin comes with it, in its own time zone. */
  private static final String NUMBERS =
      """
      SELECT coalesce(d.views, 0), coalesce(h.today, 0)::bigint, coalesce(h.yesterday, 0)::bigint,
        coalesce(y.views, 0), coalesce(m.views, 0)::bigint,
        coalesce(t.views, 0) + coalesce(b.views, 0),
        coalesce(h.last, l.hour), coalesce(h.last_day, l.day)
      FROM unnest($1::int[], $2::date[], $3::date[], $4::timestamptz[], $5::timestamptz[])
        WITH ORDINALITY AS s (id, today, month, hour, yesterday_hour, place)
      LEFT JOIN site_total AS t ON t.site_id = s.id
      LEFT JOIN baseline AS b ON b.site_id = s.id AND b.page = $6
      LEFT JOIN daily_total AS d ON d.site_id = s.id AND d.day = s.today
      LEFT JOIN daily_total AS y ON y.site_id = s.id AND y.day = s.today - 1
      LEFT JOIN LATERAL (
        SELECT sum(views) FROM daily_total
        WHERE site_id = s.id AND day BETWEEN s.month AND s.today) AS m (views) ON true
      LEFT JOIN LATERAL (
        SELECT sum(views) FILTER (WHERE day = s.today AND hours.hour < s.hour),
          sum(views) FILTER (WHERE day = s.today - 1 AND hours.hour < s.yesterday_hour),
          max(hours.hour) FILTER (WHERE views > 0), max(day) FILTER (WHERE views > 0)
        FROM hourly_views AS hours
        WHERE site_id = s.id AND day BETWEEN s.today - 1 AND s.today) AS h (today, yesterday, last, last_day)
        ON true
      LEFT JOIN LATERAL (
        SELECT max(hours.hour), hours.day FROM hourly_views AS hours
        WHERE h.last IS NULL AND site_id = s.id AND views > 0 AND day = (
          SELECT day FROM daily_total WHERE site_id = s.id AND views > 0 ORDER BY day DESC LIMIT 1)
        GROUP BY hours.day) AS l (hour, day) ON true
      ORDER BY s.place
      """;

  private static final String DAYS =
      """
      SELECT day, sum_up(views), sum_up(visits) FROM daily_total
      WHERE site_id = ANY ($1::int[]) AND day BETWEEN $2 AND $3
      GROUP BY day ORDER BY day
      """;

  /** {@code next} is what the answer says of those that follow. */
  public Uni<Overview> read(List<Site> sites, @Nullable String next) {
    if (sites.isEmpty()) {
      return Uni.createFrom().item(overview(List.of(), next));
    }
    Instant now = clock.instant();
    return Uni.combine()
        .all()
        .unis(
            numbers.query(NUMBERS, moments(sites, now)),
            Unis.of(() -> live.online(sites)).onFailure().recoverWithItem(Map.of()))
        .with(
            (rows, online) -> {
              List<Line> lines = new ArrayList<>();
              for (Row row : rows) {
                Site site = sites.get(lines.size());
                lines.add(line(site, row, online.get(site.id()), now));
              }
              return overview(lines, next);
            });
  }

  Uni<OverviewDays> days(List<Site> sites, Span span) {
    Integer[] ids = sites.stream().map(Site::id).toArray(Integer[]::new);
    return numbers
        .query(DAYS, Tuple.of(ids, span.firstDay(), span.lastDay()))
        .map(
            rows ->
                new OverviewDays(
                    ids.length,
                    Rows.list(
                        rows,
                        row -> new Day(row.getLocalDate(0), row.getLong(1), row.getLong(2)))));
  }

  private static Tuple moments(List<Site> sites, Instant now) {
    Integer[] ids = sites.stream().map(Site::id).toArray(Integer[]::new);
    LocalDate[] days = new LocalDate[ids.length];
    LocalDate[] months = new LocalDate[ids.length];
    OffsetDateTime[] hours = new OffsetDateTime[ids.length];
    OffsetDateTime[] before = new OffsetDateTime[ids.length];
    for (int i = 0; i < ids.length; i++) {
      ZoneId zone = sites.get(i).zone();
      Period period = Period.at(zone, now.toEpochMilli());
      ZonedDateTime hour = Instant.ofEpochMilli(period.from()).atZone(zone);
      days[i] = period.day();
      months[i] = period.day().withDayOfMonth(1);
      hours[i] = utc(hour);
      before[i] = utc(hour.minusDays(1));
    }
    return Tuple.of(ids, days, months, hours, before, Page.PORTAL.key());
  }

  private static OffsetDateTime utc(ZonedDateTime moment) {
    return moment.toOffsetDateTime().withOffsetSameInstant(ZoneOffset.UTC);
  }

  private static Line line(Site site, Row row, SiteNumbers.@Nullable Online live, Instant now) {
    LocalDate day = row.getLocalDate(7);
    return new Line(
        site.slug(),
        site.rules().name(),
        site.rules().labels(),
        site.rules().origins().get(0),
        site.rules().timeZone(),
        site.rules().onlineWindowSeconds(),
        site.rules().visitGapSeconds(),
        site.rules().repeatViewSeconds(),
        new Sums(
            live != null && live.complete() ? Long.valueOf(live.known()) : null,
            row.getLong(0),
            row.getLong(1),
            row.getLong(2),
            row.getLong(3),
            row.getLong(4),
            row.getLong(5)),
        Rows.momentOrNull(row, 6, site.zone()),
        day == null
            ? null
            : Math.max(0, ChronoUnit.DAYS.between(day, now.atZone(site.zone()).toLocalDate()) - 1));
  }

  private static Overview overview(List<Line> lines, @Nullable String next) {
    Map<String, List<Sums>> byLabel = new TreeMap<>();
    for (Line line : lines) {
      line.labels()
          .forEach(
              label ->
                  byLabel.computeIfAbsent(label, none -> new ArrayList<>()).add(line.numbers()));
    }
    List<Group> groups =
        byLabel.entrySet().stream()
            .map(of -> new Group(of.getKey(), of.getValue().size(), Sums.of(of.getValue())))
            .toList();
    return new Overview(lines, groups, Sums.of(lines.stream().map(Line::numbers).toList()), next);
  }
}
