package vn.luot.total;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/** What pages are called, when they were first seen, and by visitors of how many networks. */
@Singleton
public record PageNames(Pool pool, PageTitles titles) {
  /**
   * The first time stays the earliest, the first title stays: see {@link PageTitles}. Networks are
   * those of the latest day, of IPv4 or IPv6, whichever are more; beyond 16 nobody asks how many.
   * What would change nothing writes nothing.
   */
  private static final String MERGE =
      """
      INSERT INTO page AS p (site_id, page, path, title, first_seen, network_day, network_bits, networks)
      SELECT $1, r.page, r.path, nullif(r.title, ''), r.seen, date '1970-01-01' + r.day, r.bits,
             greatest(bit_count((r.bits & 4294967295)::bit(64)), bit_count((r.bits >> 32 & 4294967295)::bit(64)))
      FROM unnest($2::bigint[], $3::text[], $4::text[], $5::timestamptz[], $6::int[], $7::bigint[])
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
      """;

  /** In portions: nobody else's hit waits while a million of them are read. */
  private static final String KEYS =
      """
      (SELECT page FROM page WHERE site_id = $1 AND page > $2 ORDER BY page LIMIT $3)
      UNION (SELECT page FROM baseline WHERE site_id = $1 AND page > $2 ORDER BY page LIMIT $3)
      ORDER BY page LIMIT $3
      """;

  private static final int KEYS_AT_ONCE = 10_000;

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

  /** The keys of a site's pages, sorted; of more than {@code most} the first. */
  public Uni<long[]> keys(int site, int most) {
    return keys(site, most, new long[0]);
  }

  private Uni<long[]> keys(int site, int most, long[] so) {
    int next = Math.min(KEYS_AT_ONCE, most - so.length);
    long after = so.length == 0 ? Long.MIN_VALUE : so[so.length - 1];
    return pool.preparedQuery(KEYS)
        .execute(Tuple.of(site, after, next))
        .map(rows -> joined(so, rows))
        .flatMap(
            keys ->
                keys.length - so.length < next || keys.length == most
                    ? Uni.createFrom().item(keys)
                    : keys(site, most, keys));
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
    return pool.preparedQuery(MERGE).execute(columns).chain(() -> titles.hear(site, rows));
  }

  private static long[] joined(long[] so, RowSet<io.vertx.mutiny.sqlclient.Row> rows) {
    long[] keys = Arrays.copyOf(so, so.length + rows.size());
    int next = so.length;
    for (io.vertx.mutiny.sqlclient.Row row : rows) {
      keys[next++] = row.getLong(0);
    }
    return keys;
  }
}
