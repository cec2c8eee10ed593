package vn.luot.admin.imports;

import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.util.function.Consumer;
import vn.luot.admin.imports.format.KnownPages;
import vn.luot.site.Page;

/** The pages of a site, read piece by piece however many there are. */
final class SitePages implements KnownPages {
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final int AT_ONCE = 10_000;

  private static final String NEXT =
      """
      SELECT page, path FROM (
        (SELECT page, path FROM page WHERE site_id = $1 AND page > $2 ORDER BY page LIMIT $3)
        UNION
        (SELECT page, path FROM baseline WHERE site_id = $1 AND page > $2 ORDER BY page LIMIT $3)) AS pages
      ORDER BY page LIMIT $3
      """;

  private final Pool pool;
  private final int site;

  SitePages(Pool pool, int site) {
    this.pool = pool;
    this.site = site;
  }

  @Override
  public void forEach(Consumer<Page> each) {
    long last = Long.MIN_VALUE;
    RowSet<Row> found;
    do {
      found = pool.preparedQuery(NEXT).execute(Tuple.of(site, last, AT_ONCE)).await().atMost(LIMIT);
      for (Row row : found) {
        last = row.getLong(0);
        if (!row.getString(1).startsWith("~")) {
          each.accept(new Page(row.getString(1), last));
        }
      }
    } while (found.size() == AT_ONCE);
  }
}
