package vn.luot.total;

/** The views of pages on some days, for queries to begin with. */
public final class PagesInDays {
  private PagesInDays() {}

  /**
   * The table {@code in_days} (page, views, visits) of the site $1 from the day {@code first} to
   * the day {@code last}: from the sums of months that are wholly within and summed up, and from
   * the rows of the other days. One statement sees one snapshot, so that no row is in both or in
   * neither.
   */
  public static String with(String first, String last) {
    return """
        WITH done AS MATERIALIZED (
          SELECT month FROM page_month_done
          WHERE site_id = $1 AND month >= %1$s AND (month + interval '1 month')::date - 1 <= %2$s),
        open_days AS MATERIALIZED (
          SELECT greatest(m::date, %1$s) AS first,
                 least((m + interval '1 month')::date - 1, %2$s) AS last
          FROM generate_series(date_trunc('month', %1$s::timestamp), %2$s::timestamp,
                               interval '1 month') AS m
          WHERE m::date NOT IN (SELECT month FROM done)),
        in_days AS (
          SELECT page, sum(views)::bigint AS views, sum(visits)::bigint AS visits
          FROM (
            SELECT page, views, visits FROM page_month
            WHERE site_id = $1 AND month = ANY (ARRAY(SELECT month FROM done))
            UNION ALL
            SELECT v.page, v.views, v.visits FROM open_days AS o CROSS JOIN LATERAL (
              SELECT page, views, visits FROM page_views
              WHERE site_id = $1 AND day BETWEEN o.first AND o.last OFFSET 0) AS v) AS parts
          GROUP BY page)
        """
        .formatted(first + "::date", last + "::date");
  }
}
