package vn.luot.total;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** The most read pages, as of the last flush. */
@ApplicationScoped
public class TopPages {
  private static final String OF_ALL_TIME =
      """
      SELECT p.path, p.title, t.views
      FROM page_total AS t JOIN page AS p USING (site_id, page)
      WHERE t.site_id = $1 AND p.path <> '~other'
      ORDER BY t.views DESC, p.path LIMIT $2
      """;

  private static final String OF_DAYS =
      """
      SELECT p.path, p.title, t.views
      FROM (SELECT page, sum(views)::bigint AS views FROM page_views
            WHERE site_id = $1 AND day BETWEEN $3 AND $4
            GROUP BY page ORDER BY 2 DESC LIMIT $2 + 1) AS t
      JOIN page AS p ON p.site_id = $1 AND p.page = t.page
      WHERE p.path <> '~other'
      ORDER BY t.views DESC, p.path LIMIT $2
      """;

  private final Pool pool;

  TopPages(Pool pool) {
    this.pool = pool;
  }

  /** {@code title} may be null. */
  public record Top(String path, String title, long views) {}

  public Uni<List<Top>> ofAllTime(int site, int limit) {
    return query(OF_ALL_TIME, Tuple.of(site, limit));
  }

  public Uni<List<Top>> ofDays(int site, int limit, LocalDate from, LocalDate to) {
    return query(OF_DAYS, Tuple.of(site, limit, from, to));
  }

  private Uni<List<Top>> query(String sql, Tuple values) {
    return pool.preparedQuery(sql).execute(values).map(TopPages::pages);
  }

  private static List<Top> pages(Iterable<Row> rows) {
    List<Top> pages = new ArrayList<>();
    for (Row row : rows) {
      pages.add(new Top(row.getString(0), row.getString(1), row.getLong(2)));
    }
    return pages;
  }
}
