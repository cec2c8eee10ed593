package vn.luot.admin.series;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vn.luot.refusal.Refusal;
import vn.luot.site.page.Measure;

/**
 * The numbers that owners read of a site over time: series, exports and reports are made of this
 * list. In a series each query sums by the number of the point: $2 are where the points begin and,
 * last, where they end; as moments by hour, as days otherwise. It answers one row of two arrays,
 * the numbers of points and their sums: thousands of rows take the reader many times as long.
 */
public enum Metric {
  VIEWS("daily_total", "Lượt xem", "Views"),
  VISITS("daily_total", "Lượt truy cập", "Visits"),
  VISITORS("daily_visitors", "Khách", "Visitors"),
  BOTS("hourly_views", "Robot", "Robots"),
  DOWNLOADS("hourly_views", "Lượt tải", "Downloads"),
  VOTES(null, "Số phiếu", "Votes"),
  /** Of the votes: divided by how many they are, their average. */
  STARS(null, "Tổng số sao", "Stars");

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
      SELECT width_bucket(changed_at, $2::timestamptz[]), %s FROM vote
      WHERE site_id = $1 AND changed_at >= $3 AND changed_at < $4 AND held IS NULL AND stars > 0 %s
      GROUP BY 1
      """;

  /** Which has it by day, in a column of the same name; null where none has. */
  private final @Nullable String table;

  public final String vietnamese;
  public final String english;

  Metric(@Nullable String table, String vietnamese, String english) {
    this.table = table;
    this.vietnamese = vietnamese;
    this.english = english;
  }

  static Metric of(String label) {
    for (Metric metric : values()) {
      if (metric.label().equals(label)) {
        return metric;
      }
    }
    throw Refusal.ofField("metric", "one of " + String.join(", ", labels()));
  }

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Votes are kept one by one, with their moment. */
  boolean isOfVotes() {
    return this == VOTES || this == STARS;
  }

  /** What a page's registers have it in; its visits stand beside its views. */
  Measure measure() {
    return Stream.of(Measure.values())
        .filter(measure -> measure.label().equals(label()))
        .findFirst()
        .orElse(Measure.VIEWS);
  }

  public static List<String> labels() {
    return Stream.of(values()).map(Metric::label).toList();
  }

  /** Those that are kept by day, in the order of the columns of {@link #days}. */
  public static Stream<Metric> byDay() {
    return Stream.of(values()).filter(metric -> metric.table != null);
  }

  /** A query for what each day from $2 to $3 has of a site ($1). */
  public static String days() {
    Stream<String> sums = byDay().map(metric -> "sum(" + metric.label() + ")::bigint");
    Stream<String> tables = byDay().map(metric -> metric.table).distinct().map(Metric::rows);
    return "SELECT day, %s FROM (%s) AS found (day, %s) GROUP BY day"
        .formatted(
            sums.collect(joining(", ")),
            tables.collect(joining(" UNION ALL ")),
            byDay().map(Metric::label).collect(joining(", ")));
  }

  private static String rows(String table) {
    return "SELECT day, %s FROM %s WHERE site_id = $1 AND day BETWEEN $2 AND $3"
        .formatted(
            byDay()
                .map(metric -> table.equals(metric.table) ? metric.label() : "0")
                .collect(joining(", ")),
            table);
  }

  /** {@code ofPage}: of the page whose key is $5. */
  String query(Interval interval, boolean ofPage) {
    if (isOfVotes()) {
      return ONE_ROW.formatted(
          VOTES_BY_MOMENT.formatted(
              this == VOTES ? "count(*)" : "sum(stars)::bigint", ofPage ? "AND page = $5" : ""));
    }
    if (ofPage) {
      // Downloads are counted as the views of another page.
      return ONE_ROW.formatted(BY_DAY_OF_PAGE.formatted(this == VISITS ? "visits" : "views"));
    }
    return ONE_ROW.formatted(
        interval == Interval.HOUR ? BY_HOUR.formatted(label()) : BY_DAY.formatted(label(), table));
  }
}
