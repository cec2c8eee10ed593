package vn.luot.total;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;

/** What pages are called, and when they were first seen. */
@ApplicationScoped
public class PageNames {
  /** The first time stays the earliest, the title becomes that of the latest merge. */
  private static final String MERGE =
      """
      INSERT INTO page AS p (site_id, page, path, title, first_seen)
      SELECT $1, r.page, r.path, nullif(r.title, ''), r.seen
      FROM unnest($2::bigint[], $3::text[], $4::text[], $5::timestamptz[]) AS r (page, path, title, seen)
      ORDER BY r.page
      ON CONFLICT (site_id, page) DO UPDATE
      SET title = coalesce(excluded.title, p.title), first_seen = least(p.first_seen, excluded.first_seen)
      """;

  private static final String KEYS =
      "SELECT page FROM page WHERE site_id = $1 ORDER BY page LIMIT $2";

  private final Pool pool;

  PageNames(Pool pool) {
    this.pool = pool;
  }

  /**
   * @param page the page's key
   * @param title may be empty
   * @param seen milliseconds of Unix time
   */
  public record Row(long page, String path, String title, long seen) {
    OffsetDateTime seenAt() {
      return Instant.ofEpochMilli(seen).atOffset(ZoneOffset.UTC);
    }
  }

  /** The keys of a site's pages, sorted; of more than {@code most} the first. */
  public Uni<long[]> keys(int site, int most) {
    return pool.preparedQuery(KEYS).execute(Tuple.of(site, most)).map(PageNames::keys);
  }

  public Uni<Void> merge(int site, List<Row> rows) {
    if (rows.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    List<Row> sorted = rows.stream().sorted(Comparator.comparingLong(Row::page)).toList();
    Tuple columns =
        Tuple.of(
            site,
            sorted.stream().map(Row::page).toArray(Long[]::new),
            sorted.stream().map(Row::path).toArray(String[]::new),
            sorted.stream().map(Row::title).toArray(String[]::new),
            sorted.stream().map(Row::seenAt).toArray(OffsetDateTime[]::new));
    return pool.preparedQuery(MERGE).execute(columns).replaceWithVoid();
  }

  private static long[] keys(RowSet<io.vertx.mutiny.sqlclient.Row> rows) {
    long[] keys = new long[rows.size()];
    int next = 0;
    for (io.vertx.mutiny.sqlclient.Row row : rows) {
      keys[next++] = row.getLong(0);
    }
    return keys;
  }
}
