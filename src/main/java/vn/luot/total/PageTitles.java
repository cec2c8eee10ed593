package vn.luot.total;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.List;
import vn.luot.total.PageNames.Row;

/**
 * Which title a page has where networks send different ones.
 *
 * <p>The first one stays, since any stranger can send another. Another one takes its place when on
 * one day at least three networks have sent it for an hour, and these are more than twice as many
 * as those that send the first one meanwhile. A network has one voice, whatever it sends: one party
 * mostly has one network of IPv4 and one of IPv6, which are not added up, and seldom three. An
 * editor who changes a title changes it for every reader from then on, but for those of cached
 * copies, which an hour outlives; so an honest change wins without help as soon as three networks
 * read the page, and a forged one has to outnumber the page's readers. A page whose title is locked
 * has no other.
 */
@Singleton
record PageTitles(Pool pool) {
  private static final String HEAR =
      """
      INSERT INTO page_title AS t (site_id, page, day, network, title, since)
      SELECT $1, r.page, date '1970-01-01' + r.day, r.network, r.title, r.seen
      FROM unnest($2::bigint[], $3::int[], $4::int[], $5::text[], $6::timestamptz[])
        AS r (page, day, network, title, seen)
      JOIN page AS p ON p.site_id = $1 AND p.page = r.page AND NOT p.title_locked
      WHERE p.title <> r.title
         OR EXISTS (SELECT FROM page_title AS other WHERE other.site_id = $1 AND other.page = r.page)
      ORDER BY 2, 3, 4
      ON CONFLICT (site_id, page, day, network) DO UPDATE
      SET title = excluded.title, since = CASE WHEN t.title = excluded.title THEN t.since ELSE excluded.since END
      """;

  private static final String DECIDE =
      """
      WITH sent AS (
        SELECT page, day, title, network / 32 AS kind, count(*) AS networks,
               (array_agg(since ORDER BY since))[3] AS third
        FROM page_title WHERE site_id = $1 AND page = ANY ($2) GROUP BY page, day, title, kind),
      better AS (
        SELECT DISTINCT ON (page) page, s.title
        FROM sent AS s JOIN page AS p USING (page)
        WHERE p.site_id = $1 AND s.title <> p.title AND NOT p.title_locked
          AND s.third <= now() - interval '1 hour'
          AND s.networks > 2 * coalesce((SELECT max(o.networks) FROM sent AS o
                                         WHERE o.page = s.page AND o.day = s.day AND o.title = p.title), 0)
        ORDER BY page, s.networks DESC, s.title),
      gone AS (
        DELETE FROM page_title
        WHERE site_id = $1 AND (page IN (SELECT page FROM better) OR day < current_date - 2))
      UPDATE page AS p SET title = b.title FROM better AS b WHERE p.site_id = $1 AND p.page = b.page
      """;

  /** To be called once the pages have names. Repeating it changes nothing. */
  Uni<Void> hear(int site, List<Row> rows) {
    List<Row> titled =
        rows.stream()
            .filter(row -> row.network() != Row.UNKNOWN && !row.title().isEmpty())
            .sorted(Comparator.comparingLong(Row::page).thenComparingInt(Row::network))
            .toList();
    if (titled.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    Long[] pages = titled.stream().map(Row::page).toArray(Long[]::new);
    Tuple heard =
        Tuple.of(
                site,
                pages,
                titled.stream().map(Row::day).toArray(Integer[]::new),
                titled.stream().map(Row::bit).toArray(Integer[]::new),
                titled.stream().map(Row::title).toArray(String[]::new))
            .addArrayOfOffsetDateTime(
                titled.stream().map(Row::seenAt).toArray(java.time.OffsetDateTime[]::new));
    return pool.preparedQuery(HEAR)
        .execute(heard)
        .flatMap(
            differing ->
                differing.rowCount() == 0
                    ? Uni.createFrom().voidItem()
                    : pool.preparedQuery(DECIDE).execute(Tuple.of(site, pages)).replaceWithVoid());
  }
}
