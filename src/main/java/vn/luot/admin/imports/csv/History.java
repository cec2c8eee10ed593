package vn.luot.admin.imports.csv;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import vn.luot.register.Lock;
import vn.luot.site.Site;

/**
 * Writes the numbers of days before Luot as registers of epoch -1, which no Redis ever has: so they
 * are in every series, list and total. Written again they are replaced, not added to.
 */
final class History {
  private static final String PAGES =
      """
      WITH turn AS MATERIALIZED (SELECT %s)
      INSERT INTO page_views AS p (site_id, day, page, epoch, views)
      SELECT $1, r.day, r.page, -1, r.views
      FROM turn CROSS JOIN unnest($2::date[], $3::bigint[], $4::bigint[]) AS r (day, page, views)
      ORDER BY r.day, r.page
      ON CONFLICT (site_id, day, page, epoch) DO UPDATE SET views = excluded.views
      WHERE p.views <> excluded.views
      """
          .formatted(Lock.PAGES.of("$1"));

  /** A page that an owner names needs no networks to be listed: it counts as viewed by all. */
  private static final String NAMES =
      """
      INSERT INTO page AS p (site_id, page, path, first_seen, networks)
      SELECT $1, r.page, min(r.path), min(r.day)::timestamp AT TIME ZONE $5, 32
      FROM unnest($2::date[], $3::bigint[], $4::text[]) AS r (day, page, path)
      GROUP BY r.page ORDER BY r.page
      ON CONFLICT (site_id, page) DO UPDATE
      SET first_seen = least(p.first_seen, excluded.first_seen), networks = excluded.networks
      WHERE p.first_seen > excluded.first_seen OR p.networks < excluded.networks
      """;

  /** A day's numbers stand in its first hour, which is another one after a change of time zone. */
  private static final String DAYS_ELSEWHERE =
      """
      WITH turn AS MATERIALIZED (SELECT %s)
      DELETE FROM hourly_views AS h USING turn
      WHERE site_id = $1 AND epoch = -1 AND day = ANY ($2::date[]) AND hour <> day::timestamp AT TIME ZONE $3
      """
          .formatted(Lock.HOURS.of("$1"));

  private static final String DAYS =
      """
      INSERT INTO hourly_views AS h (site_id, day, hour, epoch, views, visits, downloads)
      SELECT $1, r.day, r.day::timestamp AT TIME ZONE $6, -1, coalesce(r.views, h.views, 0), coalesce(r.visits, h.visits, 0),
             coalesce(r.downloads, h.downloads, 0)
      FROM unnest($2::date[], $3::bigint[], $4::bigint[], $5::bigint[]) AS r (day, views, visits, downloads)
      LEFT JOIN hourly_views AS h ON h.site_id = $1 AND h.day = r.day AND h.epoch = -1
      ORDER BY r.day
      ON CONFLICT (site_id, day, hour, epoch) DO UPDATE
      SET views = excluded.views, visits = excluded.visits, downloads = excluded.downloads
      WHERE (h.views, h.visits, h.downloads) <> (excluded.views, excluded.visits, excluded.downloads)
      """;

  private History() {}

  static Uni<Void> writePages(SqlConnection in, Site site, List<CsvLine> lines) {
    LocalDate[] days = column(lines, CsvLine::day, LocalDate[]::new);
    Long[] pages = column(lines, line -> line.balance().page().key(), Long[]::new);
    String[] paths = column(lines, line -> line.balance().page().path(), String[]::new);
    Long[] views = column(lines, line -> line.balance().views(), Long[]::new);
    Tuple names = Tuple.of(site.id(), days, pages, paths, site.zone().getId());
    return run(in, PAGES, Tuple.of(site.id(), days, pages, views))
        .chain(() -> run(in, NAMES, names));
  }

  static Uni<Void> writeDays(SqlConnection in, Site site, List<CsvLine> lines) {
    LocalDate[] days = column(lines, CsvLine::day, LocalDate[]::new);
    Long[] views = column(lines, line -> line.balance().views(), Long[]::new);
    Long[] visits = column(lines, line -> line.balance().visits(), Long[]::new);
    Long[] downloads = column(lines, CsvLine::downloads, Long[]::new);
    String zone = site.zone().getId();
    return run(in, DAYS_ELSEWHERE, Tuple.of(site.id(), days, zone))
        .chain(() -> run(in, DAYS, Tuple.of(site.id(), days, views, visits, downloads, zone)));
  }

  private static <T> T[] column(
      List<CsvLine> lines, Function<CsvLine, T> value, IntFunction<T[]> array) {
    return lines.stream().map(value).toArray(array);
  }

  private static Uni<Void> run(SqlConnection in, String sql, Tuple values) {
    return in.preparedQuery(sql).execute(values).replaceWithVoid();
  }
}
