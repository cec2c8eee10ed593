package vn.luot.total;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;

/** The registers of a page and day in PostgreSQL; triggers keep their totals. */
@ApplicationScoped
public class PageViews {
  /** See {@link HourlyViews}: by maximum, one statement, merges into one site take turns. */
  private static final String MERGE =
      """
      WITH turn AS MATERIALIZED (SELECT pg_advisory_xact_lock(2, $1))
      INSERT INTO page_views AS p (site_id, day, page, epoch, views, visits)
      SELECT $1, $2, r.page, $3, r.views, r.visits
      FROM turn CROSS JOIN unnest($4::bigint[], $5::bigint[], $6::bigint[]) AS r (page, views, visits)
      ORDER BY r.page
      ON CONFLICT (site_id, day, page, epoch) DO UPDATE
      SET views = greatest(p.views, excluded.views), visits = greatest(p.visits, excluded.visits)
      WHERE excluded.views > p.views OR excluded.visits > p.visits
      """;

  private final Pool pool;

  PageViews(Pool pool) {
    this.pool = pool;
  }

  /**
   * @param page the page's key
   * @param visits that began on it
   */
  public record Row(long page, long views, long visits) {}

  public Uni<Void> merge(int site, LocalDate day, long epoch, List<Row> rows) {
    return merge(pool, site, day, epoch, rows);
  }

  /** The same within a transaction. */
  public Uni<Void> merge(SqlClient client, int site, LocalDate day, long epoch, List<Row> rows) {
    if (rows.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    List<Row> sorted = rows.stream().sorted(Comparator.comparingLong(Row::page)).toList();
    Tuple columns =
        Tuple.of(
            site,
            day,
            epoch,
            sorted.stream().map(Row::page).toArray(Long[]::new),
            sorted.stream().map(Row::views).toArray(Long[]::new),
            sorted.stream().map(Row::visits).toArray(Long[]::new));
    return client.preparedQuery(MERGE).execute(columns).replaceWithVoid();
  }
}
