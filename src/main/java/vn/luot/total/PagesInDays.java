package vn.luot.total;

/** The views of pages on some days, for queries to begin with. */
public final class PagesInDays {
  private PagesInDays() {}

  /**
   * The table {@code in_days} (page, views, visits) of the site $1 from the day {@code first}, or
   * the first that is kept, to the day {@code last}: the difference of the past totals that lie
   * farthest apart in between, and the rows of the days at both ends. Where nothing was counted
   * before the first day, a past total needs nothing taken away. A past total has about as many
   * rows as the days until the next one, so that a difference of two pays from the fourth on. One
   * statement sees one snapshot: no row is in two parts or in none.
   */
  public static String with(String first, String last) {
    return """
        WITH days AS MATERIALIZED (
          SELECT greatest(%1$s::date, (SELECT kept_from FROM detail_kept WHERE site_id = $1)) AS first,
                 %2$s::date AS last),
        past AS MATERIALIZED (
          SELECT CASE WHEN whole THEN NULL ELSE low END AS low, high
          FROM (SELECT min(day) AS low, max(day) AS high, count(*) AS known,
                       (SELECT min(day) FROM page_views WHERE site_id = $1) >= (SELECT first FROM days) AS whole
                FROM past_day
                WHERE site_id = $1
                  AND day BETWEEN (SELECT first FROM days) - 1 AND (SELECT last FROM days)) AS found
          WHERE known >= CASE WHEN whole THEN 1 ELSE 4 END),
        open_days AS MATERIALIZED (
          SELECT first, low AS last FROM days CROSS JOIN past
          UNION ALL SELECT coalesce(high + 1, first), last FROM days LEFT JOIN past ON true),
        ends AS (
          SELECT v.page, sum_up(v.views) AS views, sum_up(v.visits) AS visits
          FROM open_days AS o CROSS JOIN LATERAL (
            SELECT page, views, visits FROM page_views
            WHERE site_id = $1 AND day BETWEEN o.first AND o.last OFFSET 0) AS v
          GROUP BY v.page),
        middle AS (
          SELECT h.page, h.views - coalesce(l.views, 0) AS views, h.visits - coalesce(l.visits, 0) AS visits
          FROM past_total AS h
          LEFT JOIN past_total AS l ON l.site_id = $1 AND l.day = (SELECT low FROM past) AND l.page = h.page
          WHERE h.site_id = $1 AND h.day = (SELECT high FROM past)),
        in_days AS (
          SELECT page, coalesce(m.views, 0) + coalesce(e.views, 0) AS views,
                 coalesce(m.visits, 0) + coalesce(e.visits, 0) AS visits
          FROM middle AS m FULL JOIN ends AS e USING (page)
          WHERE coalesce(m.views, 0) + coalesce(e.views, 0) <> 0)
        """
        .formatted(first, last);
  }
}
