package vn.luot.total;

import vn.luot.register.Kind;

/** The views of pages on some days, for queries to begin with. */
public final class PagesInDays {
  private PagesInDays() {}

  /**
   * The table {@code in_days} (page, and the counts of {@link Kind#PAGES}) of the site $1 from the
   * day {@code first}, or the first that is kept, to the day {@code last}, as part of a WITH: what
   * had been counted when the last day ended, less what had been before the first.
   *
   * <p>Both are read from the nearest day whose sums are known: that of a past total; the last day
   * of all, whose sums page_total has; or the one before the first row, when there was nothing. The
   * rows of the days in between are added or taken away. A past total has about as many rows as the
   * days until the next one, so that a range without two such days is read from its own rows. One
   * statement sees one snapshot: no row is in two parts or in none. Joins, not one sum over all
   * parts: PostgreSQL knows how many rows they have, and merges past totals by their index.
   *
   * @param of which pages, a condition on {@code page}; "true" for all
   */
  public static String with(String first, String last, String of) {
    return """
        kept AS MATERIALIZED (
          SELECT coalesce((SELECT kept_from FROM detail_kept WHERE site_id = $1), '-infinity'::date) AS first),
        days AS MATERIALIZED (SELECT greatest(%1$s::date, first) AS first, %2$s::date AS last FROM kept),
        known AS MATERIALIZED (
          SELECT day, 'past' AS sums FROM past_day WHERE site_id = $1 AND day >= (SELECT first FROM kept) - 1
          UNION ALL SELECT min(day) - 1, 'none' FROM page_views WHERE site_id = $1
          UNION ALL SELECT max(day), 'all' FROM page_views WHERE site_id = $1),
        bounds AS MATERIALIZED (
          SELECT 1 AS sign, last AS day FROM days UNION ALL SELECT -1, first - 1 FROM days),
        nearest AS MATERIALIZED (
          SELECT b.sign, b.day AS bound, k.day, k.sums
          FROM bounds AS b CROSS JOIN LATERAL (
            SELECT day, sums FROM known WHERE day IS NOT NULL ORDER BY abs(day - b.day), sums DESC LIMIT 1) AS k
          WHERE (SELECT count(DISTINCT day) FROM known CROSS JOIN days WHERE day BETWEEN first - 1 AND last) > 1),
        between_them AS (
          SELECT page, %4$s
          FROM (SELECT least(day, bound) + 1 AS first, greatest(day, bound) AS last,
                       CASE WHEN day < bound THEN sign ELSE -sign END AS sign
                FROM nearest
                UNION ALL SELECT first, last, 1 FROM days WHERE NOT EXISTS (SELECT FROM nearest)) AS d
          CROSS JOIN LATERAL (
            SELECT page, %5$s FROM page_views
            WHERE site_id = $1 AND day BETWEEN d.first AND d.last AND %3$s OFFSET 0) AS v
          GROUP BY page),
        low AS NOT MATERIALIZED (
          SELECT page, %5$s FROM past_total
          WHERE site_id = $1 AND day = (SELECT day FROM nearest WHERE sign = -1 AND sums = 'past')),
        difference AS (
          SELECT h.page, %6$s FROM (
                SELECT page, %5$s FROM past_total
                WHERE site_id = $1 AND day = (SELECT day FROM nearest WHERE sign = 1 AND sums = 'past') AND %3$s) AS h
          LEFT JOIN low AS l ON l.page = h.page
          UNION ALL
          SELECT h.page, %6$s FROM (
                SELECT page, %5$s FROM page_total
                WHERE site_id = $1 AND EXISTS (SELECT FROM nearest WHERE sign = 1 AND sums = 'all') AND %3$s) AS h
          LEFT JOIN low AS l ON l.page = h.page),
        in_days AS (
          SELECT page, %7$s FROM difference AS d FULL JOIN between_them AS b USING (page)
          WHERE coalesce(d.views, 0) + coalesce(b.views, 0) <> 0)
        """
        .formatted(
            first,
            last,
            of,
            Kind.PAGES.each("sum_up(sign * %1$s) AS %1$s"),
            Kind.PAGES.each("%s"),
            Kind.PAGES.each("h.%1$s - coalesce(l.%1$s, 0) AS %1$s"),
            Kind.PAGES.each("coalesce(d.%1$s, 0) + coalesce(b.%1$s, 0) AS %1$s"));
  }
}
