package vn.luot.total;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import vn.luot.register.Lock;

/** What pages are called, when they were first seen, and by visitors of how many networks. */
@Singleton
public record PageNames(Pool pool) {
  /**
   * The first time stays the earliest, the first title stays: see {@link #HEAR}. Networks are those
   * of the latest day, of IPv4 or IPv6, whichever are more; beyond 16 nobody asks how many. What
   * would change nothing writes nothing.
   */
  private static final String MERGE =
      """
      WITH brief AS MATERIALIZED (SELECT %s)
      INSERT INTO page AS p (site_id, page, path, title, first_seen, network_day, network_bits, networks)
      SELECT $1, r.page, r.path, nullif(r.title, ''), r.seen, date '1970-01-01' + r.day, r.bits,
             greatest(bit_count((r.bits & 4294967295)::bit(64)), bit_count((r.bits >> 32 & 4294967295)::bit(64)))
      FROM brief CROSS JOIN unnest($2::bigint[], $3::text[], $4::text[], $5::timestamptz[], $6::int[], $7::bigint[])
        AS r (page, path, title, seen, day, bits)
      ORDER BY r.page
      ON CONFLICT (site_id, page) DO UPDATE
      SET title = coalesce(p.title, excluded.title), first_seen = least(p.first_seen, excluded.first_seen),
          network_day = greatest(p.network_day, excluded.network_day),
          network_bits = CASE
            WHEN p.network_day = excluded.network_day THEN p.network_bits | excluded.network_bits
            WHEN p.network_day > excluded.network_day THEN p.network_bits
            ELSE excluded.network_bits END,
          networks = greatest(p.networks, excluded.networks, CASE
            WHEN p.network_day = excluded.network_day THEN
              greatest(bit_count(((p.network_bits | excluded.network_bits) & 4294967295)::bit(64)),
                       bit_count(((p.network_bits | excluded.network_bits) >> 32 & 4294967295)::bit(64))) END)
      WHERE p.title IS NULL AND excluded.title IS NOT NULL OR excluded.first_seen < p.first_seen
         OR p.networks < 16 AND excluded.network_bits <> 0 AND p.network_day IS DISTINCT FROM excluded.network_day
         OR p.networks < 16 AND p.network_bits | excluded.network_bits <> p.network_bits
      """
          .formatted(Lock.WAIT_BRIEFLY);

  /**
   * Which title a page has where networks send different ones. The first one stays, since any
   * stranger can send another. Another one takes its place when on one day at least three networks
   * have sent it for an hour, and these are more than twice as many as those that send the first
   * one meanwhile. A network has one voice, whatever it sends: one party mostly has one network of
   * IPv4 and one of IPv6, which are not added up, and seldom three. An editor who changes a title
   * changes it for every reader from then on, but for those of cached copies, which an hour
   * outlives; so an honest change wins without help as soon as three networks read the page, and a
   * forged one has to outnumber the page's readers. A page whose title is locked has no other.
   */
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

  /**
   * As one network named a page.
   *
   * @param page the page's key
   * @param title may be empty
   * @param seen milliseconds of Unix time
   * @param network 64 times the local day, in days since 1970, and which of 64 networks it was; or
   *     {@link #UNKNOWN}
   */
  public record Row(long page, String path, String title, long seen, int network) {
    public static final int UNKNOWN = -1;
    private static final int NETWORKS = 64;

    OffsetDateTime seenAt() {
      return Instant.ofEpochMilli(seen).atOffset(ZoneOffset.UTC);
    }

    int day() {
      return network == UNKNOWN ? 0 : network / NETWORKS;
    }

    int bit() {
      return network % NETWORKS;
    }

    long bits() {
      return network == UNKNOWN ? 0 : 1L << bit();
    }
  }

  /** What several networks say of one page. */
  private record Merged(Row first, String title, int day, long bits) {
    static Merged of(Row row) {
      return new Merged(row, row.title, row.day(), row.bits());
    }

    /** The earlier one names it; of two days the networks of the later one count. */
    Merged and(Merged other) {
      Merged early = other.first.seen < first.seen ? other : this;
      Merged late = early == this ? other : this;
      long both = day == other.day ? bits | other.bits : day > other.day ? bits : other.bits;
      return new Merged(
          early.first,
          early.title.isEmpty() ? late.title : early.title,
          Math.max(day, other.day),
          both);
    }
  }

  public Uni<Void> merge(int site, List<Row> rows) {
    if (rows.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    TreeMap<Long, Merged> byPage = new TreeMap<>();
    rows.forEach(row -> byPage.merge(row.page, Merged.of(row), Merged::and));
    List<Merged> pages = List.copyOf(byPage.values());
    Tuple columns =
        Tuple.of(
                site,
                byPage.keySet().toArray(Long[]::new),
                pages.stream().map(page -> page.first.path).toArray(String[]::new),
                pages.stream().map(Merged::title).toArray(String[]::new),
                pages.stream().map(page -> page.first.seenAt()).toArray(OffsetDateTime[]::new))
            .addArrayOfInteger(pages.stream().map(Merged::day).toArray(Integer[]::new))
            .addArrayOfLong(pages.stream().map(Merged::bits).toArray(Long[]::new));
    return pool.preparedQuery(MERGE).execute(columns).chain(() -> hear(site, rows));
  }

  /** To be called once the pages have names. Repeating it changes nothing. */
  private Uni<Void> hear(int site, List<Row> rows) {
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
                titled.stream().map(Row::seenAt).toArray(OffsetDateTime[]::new));
    return pool.preparedQuery(HEAR)
        .execute(heard)
        .flatMap(
            differing ->
                differing.rowCount() == 0
                    ? Uni.createFrom().voidItem()
                    : pool.preparedQuery(DECIDE).execute(Tuple.of(site, pages)).replaceWithVoid());
  }
}
