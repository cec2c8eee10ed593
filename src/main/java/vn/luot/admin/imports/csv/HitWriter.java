package vn.luot.admin.imports.csv;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntFunction;
import vn.luot.admin.imports.csv.HitTally.OfHour;
import vn.luot.admin.imports.csv.HitTally.OfPage;
import vn.luot.register.Lock;
import vn.luot.site.Period;
import vn.luot.site.Site;
import vn.luot.site.page.Page;

/**
 * Adds a batch's sums to the registers of epoch -2, which no Redis ever has. By itself that would
 * count a batch twice that comes twice: the same transaction must note that the batch is counted.
 */
public final class HitWriter {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  /**
   * New pages beyond what a day may have, the least viewed, count for ~other. Each row is looked up
   * by its key. As a join it took minutes: PostgreSQL's guess of how many rows there are was wrong.
   */
  private static final String PAGES =
      """
      WITH turn AS MATERIALIZED (SELECT %s)
      INSERT INTO page_views AS p (site_id, day, page, epoch, views)
      SELECT $1, $2, CASE WHEN known OR place <= $5 - many THEN page ELSE $6 END, -2, sum_up(views)
      FROM (
        SELECT page, views, known, row_number() OVER (PARTITION BY known ORDER BY views DESC, page) AS place,
          (SELECT count(*) FROM page_views WHERE site_id = $1 AND day = $2) AS many
        FROM (
          SELECT r.page, r.views,
            coalesce((SELECT true FROM page AS k WHERE k.site_id = $1 AND k.page = r.page), false) AS known
          FROM turn CROSS JOIN unnest($3::bigint[], $4::bigint[]) AS r (page, views)
          WHERE r.views > 0) AS asked) AS sent
      GROUP BY 3 ORDER BY 3
      ON CONFLICT (site_id, day, page, epoch) DO UPDATE SET views = p.views + excluded.views
      """
          .formatted(Lock.PAGES.of("$1"));

  private static final String NAMES =
      """
      INSERT INTO page AS p (site_id, page, path, first_seen, networks)
      SELECT $1, r.page, r.path, r.first, r.networks
      FROM unnest($3::bigint[], $4::text[], $5::timestamptz[], $6::smallint[]) AS r (page, path, first, networks)
      WHERE (SELECT true FROM page_views AS v
             WHERE v.site_id = $1 AND v.day = $2 AND v.page = r.page AND v.epoch = -2)
      ORDER BY r.page
      ON CONFLICT (site_id, page) DO UPDATE
      SET first_seen = least(p.first_seen, excluded.first_seen), networks = greatest(p.networks, excluded.networks)
      WHERE p.first_seen > excluded.first_seen OR p.networks < excluded.networks
      """;

  private static final String HOURS =
      """
      WITH turn AS MATERIALIZED (SELECT %s)
      INSERT INTO hourly_views AS h (site_id, day, hour, epoch, views, visits, bots)
      SELECT $1, r.day, r.hour, -2, r.views, 0, r.bots
      FROM turn CROSS JOIN unnest($2::date[], $3::timestamptz[], $4::bigint[], $5::bigint[]) AS r (day, hour, views, bots)
      ORDER BY r.day, r.hour
      ON CONFLICT (site_id, day, hour, epoch) DO UPDATE
      SET views = h.views + excluded.views, bots = h.bots + excluded.bots
      """
          .formatted(Lock.HOURS.of("$1"));

  private final SqlConnection in;
  private final Site site;
  private final int pagesPerDay;

  public HitWriter(SqlConnection in, Site site, int pagesPerDay) {
    this.in = in;
    this.site = site;
    this.pagesPerDay = site.rules().knownPagesOnly() ? 0 : pagesPerDay;
  }

  public void write(HitTally tally) {
    tally.pages.forEach((day, pages) -> writePages(day, pages.values()));
    writeHours(tally.hours.entrySet());
  }

  private void writePages(LocalDate day, Collection<OfPage> of) {
    Long[] pages = column(of, each -> each.page.key(), Long[]::new);
    Long[] views = column(of, each -> each.views, Long[]::new);
    run(PAGES, Tuple.of(site.id(), day, pages, views, (long) pagesPerDay, Page.OTHER.key()));
    String[] paths = column(of, each -> each.page.path(), String[]::new);
    OffsetDateTime[] first = column(of, each -> utc(each.first), OffsetDateTime[]::new);
    Short[] networks = column(of, each -> (short) each.networks(), Short[]::new);
    run(NAMES, Tuple.of(site.id(), day, pages, paths, first, networks));
  }

  private void writeHours(Collection<Map.Entry<Period, OfHour>> of) {
    LocalDate[] days = column(of, each -> each.getKey().day(), LocalDate[]::new);
    OffsetDateTime[] hours =
        column(of, each -> utc(Instant.ofEpochSecond(each.getKey().hour())), OffsetDateTime[]::new);
    Long[] views = column(of, each -> each.getValue().views, Long[]::new);
    Long[] robots = column(of, each -> each.getValue().robots, Long[]::new);
    run(HOURS, Tuple.of(site.id(), days, hours, views, robots));
  }

  private static OffsetDateTime utc(Instant time) {
    return time.atOffset(ZoneOffset.UTC);
  }

  private static <E, T> T[] column(Collection<E> of, Function<E, T> value, IntFunction<T[]> array) {
    return of.stream().map(value).toArray(array);
  }

  private void run(String sql, Tuple values) {
    Uni<?> running = in.preparedQuery(sql).execute(values);
    running.await().atMost(LIMIT);
  }
}
