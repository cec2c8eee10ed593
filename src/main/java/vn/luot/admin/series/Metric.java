package vn.luot.admin.series;

import java.util.Locale;
import vn.luot.refusal.Refusal;

/**
 * What a series shows. Each query sums by the number of the point: $2 are where the points begin
 * and, last, where they end; as moments by hour, as days otherwise. It answers one row of two
 * arrays, the numbers of points and their sums: thousands of rows take the reader many times as
 * long.
 */
enum Metric {
  VIEWS("views", "daily_total", "views"),
  VISITS("visits", "daily_total", "visits"),
  VISITORS(null, "daily_visitors", "visitors"),
  BOTS("bots", "hourly_views", "bots"),
  DOWNLOADS("downloads", "hourly_views", "downloads"),
  VOTES(null, null, null);

  private static final String ONE_ROW =
      "SELECT coalesce(array_agg(n), '{}'), coalesce(array_agg(s), '{}') FROM (%s) AS points (n,"
          + " s)";

  private static final String BY_HOUR =
      """
      SELECT width_bucket(hour, $2::timestamptz[]), sum(%s)::bigint FROM hourly_views
      WHERE site_id = $1 AND day BETWEEN $3 AND $4 AND hour >= $5 AND hour < $6
      GROUP BY 1
      """;

  private static final String BY_DAY =
      """
      SELECT width_bucket(day, $2::date[]), sum(%s)::bigint FROM %s
      WHERE site_id = $1 AND day BETWEEN $3 AND $4
      GROUP BY 1
      """;

  /**
   * Rows are in the order of days and then of pages: the page is looked up day by day, as all rows
   * of the days would be read otherwise.
   */
  private static final String BY_DAY_OF_PAGE =
      """
      WITH counted AS (
        SELECT (SELECT min(day) FROM page_views WHERE site_id = $1 AND day >= $3) AS first,
               (SELECT max(day) FROM page_views WHERE site_id = $1 AND day <= $4) AS last)
      SELECT width_bucket(v.day, $2::date[]), sum(v.n)::bigint
      FROM counted CROSS JOIN generate_series(0, last - first) AS after
      CROSS JOIN LATERAL (
        SELECT day, %s AS n FROM page_views
        WHERE site_id = $1 AND day = first + after AND page = $5 OFFSET 0) AS v
      GROUP BY 1
      """;

  /** A vote counts when it was cast or, where that was later, changed. */
  private static final String VOTES_BY_MOMENT =
      """
      SELECT width_bucket(changed_at, $2::timestamptz[]), count(*) FROM vote
      WHERE site_id = $1 AND changed_at >= $3 AND changed_at < $4 AND held IS NULL AND stars > 0 %s
      GROUP BY 1
      """;

  private final String hourlyColumn;
  private final String dailyTable;
  private final String dailyColumn;

  Metric(String hourlyColumn, String dailyTable, String dailyColumn) {
    this.hourlyColumn = hourlyColumn;
    this.dailyTable = dailyTable;
    this.dailyColumn = dailyColumn;
  }

  static Metric of(String label) {
    for (Metric metric : values()) {
      if (metric.label().equals(label)) {
        return metric;
      }
    }
    throw Refusal.ofField("metric", "one of views, visits, visitors, votes, bots, downloads");
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** {@code ofPage}: of the page whose key is $5. */
  String query(Interval interval, boolean ofPage) {
    if (this == VOTES) {
      return ONE_ROW.formatted(VOTES_BY_MOMENT.formatted(ofPage ? "AND page = $5" : ""));
    }
    if (ofPage) {
      // Downloads are counted as the views of another page.
      return ONE_ROW.formatted(BY_DAY_OF_PAGE.formatted(this == VISITS ? "visits" : "views"));
    }
    return ONE_ROW.formatted(
        interval == Interval.HOUR
            ? BY_HOUR.formatted(hourlyColumn)
            : BY_DAY.formatted(dailyColumn, dailyTable));
  }
}
