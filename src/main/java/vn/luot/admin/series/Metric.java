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
      "SELECT coalesce(array_agg(n), '{}'), coalesce(array_agg(s), '{}') FROM (%s) AS points (n, s)";

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

  /** A vote counts when it was cast or, where that was later, changed. */
  private static final String VOTES_BY_MOMENT =
      """
      SELECT width_bucket(changed_at, $2::timestamptz[]), count(*) FROM vote
      WHERE site_id = $1 AND changed_at >= $3 AND changed_at < $4 AND held IS NULL AND stars > 0
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

  void requireIn(Interval interval) {
    if (this == VISITORS && interval == Interval.HOUR) {
      throw Refusal.ofField(
          "interval",
          "distinct visitors are kept by day, so that hours would only tell how often somebody"
              + " came; take day or longer, or metric=visits");
    }
  }

  /** Whether the points are told apart by moments rather than by days. */
  boolean isByMoment(Interval interval) {
    return this == VOTES || interval == Interval.HOUR;
  }

  /** Whether the numbers are among the details that a site may choose to keep for some time. */
  boolean isDetail(Interval interval) {
    return this != VOTES && interval == Interval.HOUR;
  }

  String query(Interval interval) {
    if (this == VOTES) {
      return ONE_ROW.formatted(VOTES_BY_MOMENT);
    }
    return ONE_ROW.formatted(
        interval == Interval.HOUR
            ? BY_HOUR.formatted(hourlyColumn)
            : BY_DAY.formatted(dailyColumn, dailyTable));
  }
}
