package vn.luot.admin.export;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import vn.luot.admin.series.Metric;
import vn.luot.refusal.Refusal;
import vn.luot.site.page.Measure;

/** What is exported: $1 is the site, $2 and $3 the first and the last day, $4 its time zone. */
enum Subject {
  DAYS(
      columns(Stream.of("day"), Metric.byDay().map(Metric::label)),
      Metric.days() + " HAVING $4::text IS NOT NULL ORDER BY day"),
  PAGES(
      columns(Stream.of("day", "path", "title", "views", "visits"), others().map(Measure::label)),
      """
      SELECT v.day, %s, p.title, %s, v.visits%s
      FROM (SELECT day, page, sum(views)::bigint AS views, sum(visits)::bigint AS visits
            FROM page_views WHERE site_id = $1 AND day BETWEEN $2 AND $3
            GROUP BY day, page) AS v
      LEFT JOIN page AS p ON p.site_id = $1 AND p.page = v.page
      WHERE $4::text IS NOT NULL
      ORDER BY v.day, v.page
      """
          .formatted(
              Measure.path("p.path"),
              Measure.VIEWS.of("v.page", "v.views"),
              others().map(other -> ", " + other.of("v.page", "v.views")).collect(joining()))),
  REFERRERS(
      List.of("day", "host", "views"),
      """
      SELECT day, host, sum(views)::bigint FROM referrer_views
      WHERE site_id = $1 AND day BETWEEN $2 AND $3 AND $4::text IS NOT NULL
      GROUP BY day, host ORDER BY day, host
      """),
  VOTES(
      List.of("id", "changedAt", "page", "stars", "held"),
      """
      SELECT v.id, v.changed_at, p.path, v.stars, v.held
      FROM vote AS v LEFT JOIN page AS p ON p.site_id = v.site_id AND p.page = v.page
      WHERE v.site_id = $1 AND v.stars > 0
        AND v.changed_at >= $2::date::timestamp AT TIME ZONE $4
        AND v.changed_at < ($3::date + 1)::timestamp AT TIME ZONE $4
      ORDER BY v.changed_at, v.id
      """);

  private final List<String> columns;
  private final String query;

  /** What pages have beside views. */
  private static Stream<Measure> others() {
    return Stream.of(Measure.values()).filter(measure -> measure != Measure.VIEWS);
  }

  private static List<String> columns(Stream<String> first, Stream<String> others) {
    return Stream.concat(first, others).toList();
  }

  Subject(List<String> columns, String query) {
    this.columns = columns;
    this.query = query;
  }

  static Subject of(String label) {
    for (Subject subject : values()) {
      if (subject.label().equals(label)) {
        return subject;
      }
    }
    throw Refusal.ofField("what", "one of days, pages, referrers, votes");
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  List<String> columns() {
    return columns;
  }

  String query() {
    return query;
  }
}
