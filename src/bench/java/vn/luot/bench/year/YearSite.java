package vn.luot.bench.year;

import vn.luot.Database;

/**
 * A year of a site in PostgreSQL: pages read by Zipf's law, so that most are not read on most days,
 * and other sites beside it. The same rows each time: chance is a hash of page and day.
 */
final class YearSite {
  static final String SLUG = "year";

  private static final int OTHERS = 4;

  /** luot.numbers.past-total-rows */
  private static final int FEWEST_ROWS = 20_000;

  private static final String SITES =
      """
      INSERT INTO site (rules)
        SELECT jsonb_build_object('id', id, 'name', 'Bench', 'origins', ARRAY['https://portal.example'], 'listedAfterNetworks', 0)
        FROM (SELECT 'year' AS id UNION ALL SELECT 'other' || i FROM generate_series(1, %d) AS i) AS s;
      INSERT INTO page
        SELECT s.id, hashint8extended(i, s.id), '/tin-tuc/chuyen-muc-' || i %% 40 || '/bai-viet-so-' || i || '.html',
               'Tiêu đề của bài viết số ' || i, now() - interval '1 year' + i * interval '1 minute'
        FROM site AS s CROSS JOIN generate_series(1, %d) AS i
        WHERE s.slug = 'year' OR s.slug LIKE 'other%%' ORDER BY 1, 2;
      """;

  /** Expected views of page i on a day are e; it has a row with the probability of at least one. */
  private static final String VIEWS =
      """
      ALTER TABLE page_views DISABLE TRIGGER USER;
      INSERT INTO page_views (site_id, day, page, epoch, views, visits)
      SELECT s.id, d, page, 7, greatest(1, round(e * (0.5 + chance))), (e * chance / 3)::int
      FROM site AS s
      CROSS JOIN generate_series(1, %2$d) AS ago
      CROSS JOIN LATERAL (SELECT current_date + 1 - ago AS d) AS days
      CROSS JOIN generate_series(1, %3$d) AS i
      CROSS JOIN LATERAL (
        SELECT hashint8extended(i, s.id) AS page, %4$d / (i * (ln(%3$d) + 0.577))::float8 AS e,
               abs(hashint8extended(i, ago * 1000 + s.id) / 9.3e18) AS chance) AS x
      WHERE s.slug LIKE '%1$s' AND chance < 1 - exp(-least(e, 50))
      ORDER BY 1, 2, 3;
      ALTER TABLE page_views ENABLE TRIGGER USER;
      """;

  private static final String REST =
      """
      INSERT INTO page_total (site_id, page, views, visits)
        SELECT site_id, page, sum(views), sum(visits) FROM page_views GROUP BY 1, 2 ORDER BY 1, 2;
      INSERT INTO hourly_views (site_id, day, hour, epoch, views, visits, bots)
        SELECT s.id, d, d::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh' + make_interval(hours => h), 7, 1600, 500, 90
        FROM site AS s CROSS JOIN generate_series(1, 365) AS ago CROSS JOIN generate_series(0, 23) AS h
        CROSS JOIN LATERAL (SELECT current_date + 1 - ago AS d) AS days;
      INSERT INTO daily_visitors
        SELECT s.id, current_date + 1 - ago, 9000, '' FROM site AS s CROSS JOIN generate_series(1, 365) AS ago;
      INSERT INTO referrer_views
        SELECT s.id, current_date + 1 - ago, 'www.host-' || h || '.example', 7, 1 + 3000 / h
        FROM site AS s CROSS JOIN generate_series(1, 365) AS ago CROSS JOIN generate_series(1, 200) AS h ORDER BY 1, 2;
      INSERT INTO vote (site_id, page, voter, stars, revision, changed_at)
        SELECT s.id, hashint8extended(1 + i %% %d, s.id), gen_random_uuid(), 1 + i %% 5, i, now() - i * interval '2 minutes'
        FROM site AS s CROSS JOIN generate_series(1, %d) AS i;
      INSERT INTO baseline (site_id, page, path, views)
        SELECT site_id, page, path, 1000 FROM page WHERE page %% 20 = 0;
      ANALYZE
      """;

  private final Database database;
  private final int pages;

  YearSite(Database database, int pages) {
    this.database = database;
    this.pages = pages;
  }

  /** {@code views} a day, of which the rows follow. */
  void seed(int views) {
    database.execute(SITES.formatted(OTHERS, pages));
    database.execute(VIEWS.formatted("other%", 20, pages, views));
    database.execute(VIEWS.formatted(SLUG, 365, pages, views));
    database.execute(REST.formatted(pages / 5, pages / 2));
  }

  int id() {
    return (int) database.number("SELECT id FROM site WHERE slug = '" + SLUG + "'");
  }

  /** By page and day. */
  long rows() {
    return database.number("SELECT count(*) FROM page_views WHERE site_id = " + id());
  }

  String size() {
    return database.table(
        """
        SELECT (SELECT count(*) FROM page_views WHERE site_id = %1$d) || ' rows by page and day,',
               (SELECT count(*) FROM past_total WHERE site_id = %1$d) || ' of past totals,',
               pg_size_pretty(pg_total_relation_size('page_views')) || ' and',
               pg_size_pretty(pg_total_relation_size('past_total')) || ' with the other sites'
        """
            .formatted(id()));
  }

  /** Until past totals are as new as they may be: nothing of the year is left to sum up. */
  boolean isSummedUp() {
    int gap = Math.max(pages, FEWEST_ROWS);
    return database.number(
            """
            SELECT count(*) FROM (
              SELECT FROM page_views WHERE site_id = %1$d AND day <= current_date - 3
                AND day > (SELECT coalesce(max(day), '2000-01-01') FROM past_day WHERE site_id = %1$d)
              LIMIT %2$d) AS since
            """
                .formatted(id(), gap))
        < gap;
  }
}
