package vn.luot.total;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import vn.luot.register.SiteDay;
import vn.luot.site.page.Page;

/**
 * What PostgreSQL knows of the views and visits of sites, and of the views of pages; each at one
 * moment.
 */
@Singleton
public record SiteSums(Pool pool) {
  // One statement sees one snapshot: a flush between two would be counted twice or not at all.
  private static final String LOAD =
      """
      SELECT 'total' AS what, views, visits FROM site_total WHERE site_id = $1
      UNION ALL SELECT 'today', sum(views)::bigint, sum(visits)::bigint FROM daily_total
        WHERE site_id = $1 AND day = $2
      UNION ALL SELECT 'yesterday', sum(views)::bigint, sum(visits)::bigint FROM daily_total
        WHERE site_id = $1 AND day = $2 - 1
      UNION ALL SELECT 'week', sum(views)::bigint, sum(visits)::bigint FROM daily_total
        WHERE site_id = $1 AND day BETWEEN $3 AND $2
      UNION ALL SELECT 'month', sum(views)::bigint, sum(visits)::bigint FROM daily_total
        WHERE site_id = $1 AND day BETWEEN $4 AND $2
      UNION ALL SELECT 'year', sum(views)::bigint, sum(visits)::bigint FROM daily_total
        WHERE site_id = $1 AND day BETWEEN $5 AND $2
      UNION ALL SELECT day || ' ' || epoch, sum(views)::bigint, sum(visits)::bigint
        FROM hourly_views WHERE site_id = $1 AND day BETWEEN $2 - 1 AND $2 AND epoch IN ($6, $7)
        GROUP BY day, epoch
      UNION ALL SELECT 'visitors yesterday', sum(visitors)::bigint, 0 FROM daily_visitors
        WHERE site_id = $1 AND day = $2 - 1
      UNION ALL SELECT 'visitors month', sum(visitors)::bigint, 0 FROM daily_visitors
        WHERE site_id = $1 AND day BETWEEN $4 AND $2 - 1
      UNION ALL SELECT 'baseline', views, visits FROM baseline WHERE site_id = $1 AND page = $8
      """;

  /** Views and visits. */
  public record Pair(long views, long visits) {
    public static final Pair ZERO = new Pair(0, 0);

    public Pair plus(Pair other) {
      return new Pair(views + other.views, visits + other.visits);
    }

    public Pair minus(Pair other) {
      return new Pair(views - other.views, visits - other.visits);
    }

    /** What is more here than there; never negative. */
    public Pair over(Pair other) {
      return new Pair(Math.max(0, views - other.views), Math.max(0, visits - other.visits));
    }
  }

  /**
   * By name: total, today, yesterday, week (from Monday), month, year, the visitors, the opening
   * balance.
   */
  public record Sums(Map<String, Pair> values) {
    public Pair of(String what) {
      return values.getOrDefault(what, Pair.ZERO);
    }

    /** The flushed registers of one day under one of the two epochs asked for. */
    public Pair registers(SiteDay day) {
      return of(day.day() + " " + day.epoch());
    }
  }

  public static LocalDate weekOf(LocalDate day) {
    return day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
  }

  public Uni<Sums> load(SiteDay current, long previousEpoch) {
    LocalDate today = current.day();
    Tuple values =
        Tuple.tuple()
            .addInteger(current.site())
            .addLocalDate(today)
            .addLocalDate(weekOf(today))
            .addLocalDate(today.withDayOfMonth(1))
            .addLocalDate(today.withDayOfYear(1))
            .addLong(current.epoch())
            .addLong(previousEpoch)
            .addLong(Page.PORTAL.key());
    return pool.preparedQuery(LOAD).execute(values).map(SiteSums::sums);
  }

  private static Sums sums(Iterable<Row> rows) {
    Map<String, Pair> sums = new HashMap<>();
    for (Row row : rows) {
      if (row.getLong(1) != null) {
        sums.put(row.getString(0), new Pair(row.getLong(1), row.getLong(2)));
      }
    }
    return new Sums(sums);
  }

  // PostgreSQL does not know how long an array behind SELECT is, and keeps one plan. Otherwise it
  // plans anew for each call, which takes longer than to read one page. Nothing is joined, and the
  // whole key of each register is given, so that the plan always looks up one by one. Without it,
  // PostgreSQL 15 made another one while its tables were new: it read all of a site for each page.
  private static final String LOAD_PAGES =
      """
      SELECT k.place,
             coalesce((SELECT views FROM baseline WHERE site_id = k.site AND page = k.page), 0) AS baseline,
             coalesce((SELECT views FROM page_total WHERE site_id = k.site AND page = k.page), 0) AS total,
             coalesce((SELECT views FROM page_views WHERE site_id = k.site AND day = k.today AND page = k.page
                       AND epoch = k.epoch), 0) AS current,
             coalesce((SELECT views FROM page_views WHERE site_id = k.site AND day = k.today AND page = k.page
                       AND epoch = k.before), 0) AS before_today,
             coalesce((SELECT views FROM page_views WHERE site_id = k.site AND day = k.today - 1 AND page = k.page
                       AND epoch = k.epoch), 0) AS current_yesterday,
             coalesce((SELECT views FROM page_views WHERE site_id = k.site AND day = k.today - 1 AND page = k.page
                       AND epoch = k.before), 0) AS before_yesterday
      FROM unnest((SELECT $1::int[]), (SELECT $2::bigint[]), (SELECT $3::date[]), (SELECT $4::bigint[]),
                  (SELECT $5::bigint[]))
        WITH ORDINALITY AS k (site, page, today, epoch, before, place)
      """;

  /** A page of a site, on which day and in which epoch of Redis it is asked for. */
  public record Asked(SiteDay today, long page, long previousEpoch) {}

  /**
   * @param baseline the opening balance
   * @param total everything flushed
   * @param current the register of today in the current epoch
   * @param late the registers that may hold more in Redis, in the order of {@code SiteBase.late}
   */
  public record Sum(long baseline, long total, long current, long[] late) {}

  /** Of any sites, in the order asked for. */
  public Uni<List<Sum>> ofPages(List<Asked> asked) {
    Tuple values =
        Tuple.of(
            asked.stream().map(it -> it.today.site()).toArray(Integer[]::new),
            asked.stream().map(Asked::page).toArray(Long[]::new),
            asked.stream().map(it -> it.today.day()).toArray(LocalDate[]::new),
            asked.stream().map(it -> it.today.epoch()).toArray(Long[]::new),
            asked.stream().map(Asked::previousEpoch).toArray(Long[]::new));
    return pool.preparedQuery(LOAD_PAGES).execute(values).map(rows -> sums(rows, asked.size()));
  }

  private static List<Sum> sums(Iterable<Row> rows, int asked) {
    Sum[] sums = new Sum[asked];
    for (Row row : rows) {
      long[] late = {row.getLong(4), row.getLong(5), row.getLong(6)};
      sums[row.getInteger(0) - 1] = new Sum(row.getLong(1), row.getLong(2), row.getLong(3), late);
    }
    return List.of(sums);
  }
}
