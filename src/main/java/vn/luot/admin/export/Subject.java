package vn.luot.admin.export;

import java.util.List;
import java.util.Locale;
import vn.luot.refusal.Refusal;

/** What is exported: $1 is the site, $2 and $3 the first and the last day, $4 its time zone. */
enum Subject {
  DAYS(
      List.of("day", "views", "visits", "visitors", "bots", "downloads"),
      """
      SELECT day, coalesce(t.views, 0), coalesce(t.visits, 0), coalesce(v.visitors, 0), coalesce(b.bots, 0),
             coalesce(b.downloads, 0)
      FROM (SELECT day, views, visits FROM daily_total
            WHERE site_id = $1 AND day BETWEEN $2 AND $3) AS t
      FULL JOIN (SELECT day, visitors FROM daily_visitors
                 WHERE site_id = $1 AND day BETWEEN $2 AND $3) AS v USING (day)
      FULL JOIN (SELECT day, sum(bots)::bigint AS bots, sum(downloads)::bigint AS downloads FROM hourly_views
                 WHERE site_id = $1 AND day BETWEEN $2 AND $3 GROUP BY day) AS b USING (day)
      WHERE $4::text IS NOT NULL
      ORDER BY day
      """),
  PAGES(
      List.of("day", "path", "title", "views", "visits", "downloads"),
      """
      SELECT v.day, CASE WHEN v.page < 0 THEN replace(p.path, '~download:', '') ELSE p.path END, p.title,
             CASE WHEN v.page < 0 THEN 0 ELSE v.views END, v.visits, CASE WHEN v.page < 0 THEN v.views ELSE 0 END
      FROM (SELECT day, page, sum(views)::bigint AS views, sum(visits)::bigint AS visits
            FROM page_views WHERE site_id = $1 AND day BETWEEN $2 AND $3
            GROUP BY day, page) AS v
      LEFT JOIN page AS p ON p.site_id = $1 AND p.page = v.page
      WHERE $4::text IS NOT NULL
      ORDER BY v.day, v.page
      """),
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
