package vn.luot.admin.imports.csv;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import vn.luot.admin.baseline.Balance;
import vn.luot.admin.baseline.BalanceWriter;
import vn.luot.admin.baseline.BalanceWriter.Cause;
import vn.luot.admin.imports.csv.CsvLines.CsvLine;
import vn.luot.register.Lock;
import vn.luot.site.Site;

/** Writes what a checked file holds, batch by batch, within one transaction. */
public final class Writer implements CsvFile.Sink<CsvLine> {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private final BalanceWriter balances;
  private final SqlConnection connection;
  private final Site site;
  private final Cause cause;
  private final int batchSize;
  private final Runnable progress;
  private final List<Balance> opening = new ArrayList<>();
  private final List<CsvLine> pages = new ArrayList<>();

  /** At most one a day since 2000. Written last: merges of other sites' hours wait for it. */
  private final List<CsvLine> days = new ArrayList<>();

  public volatile long written;

  public Writer(
      BalanceWriter balances,
      SqlConnection connection,
      Site site,
      Cause cause,
      int batchSize,
      Runnable progress) {
    this.balances = balances;
    this.connection = connection;
    this.site = site;
    this.cause = cause;
    this.batchSize = batchSize;
    this.progress = progress;
  }

  @Override
  public void accept(CsvLine line) {
    if (line.day() != null && line.isOfSite()) {
      days.add(line);
    } else if (line.day() == null) {
      line.forEach(of -> opening.add(of.balance()));
    } else {
      line.forEach(pages::add);
    }
    if (opening.size() >= batchSize) {
      write(balances.write(connection, site.id(), opening, cause), opening);
    }
    if (pages.size() >= batchSize) {
      write(History.writePages(connection, site, pages), pages);
    }
  }

  public void writeRest() {
    write(balances.write(connection, site.id(), opening, cause), opening);
    write(History.writePages(connection, site, pages), pages);
    write(History.writeDays(connection, site, days), days);
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // One thread writes it.
  private void write(Uni<Void> writing, List<?> batch) {
    if (!batch.isEmpty()) {
      writing.await().atMost(LIMIT);
      written += batch.size();
      batch.clear();
      progress.run();
    }
  }

  @Override
  public void refuse(long line, int column, String detail) {
    throw new IllegalStateException("line " + line + " was right when it was checked: " + detail);
  }

  /**
   * Writes the numbers of days before Luot as registers of epoch -1, which no Redis ever has: so
   * they are in every series, list and total. Written again they are replaced, not added to.
   */
  static final class History {
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

    /**
     * A day's numbers stand in its first hour, which is another one after a change of time zone.
     */
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
}
