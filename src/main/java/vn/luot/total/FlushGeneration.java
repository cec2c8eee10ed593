package vn.luot.total;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

/** How many whole flushes PostgreSQL has seen, by which one put back to an older state is known. */
@ApplicationScoped
public class FlushGeneration {
  private static final String READ = "SELECT generation FROM flush_generation";

  /** Nothing where it went back since it was read: whatever that lost is not flushed again yet. */
  private static final String ADVANCE =
      """
      UPDATE flush_generation SET generation = greatest(generation, $1) + 1
      WHERE generation >= $2 RETURNING generation
      """;

  private final Pool pool;

  FlushGeneration(Pool pool) {
    this.pool = pool;
  }

  public Uni<Long> read() {
    return pool.query(READ).execute().map(rows -> rows.iterator().next().getLong(0));
  }

  /**
   * Counts a whole flush.
   *
   * @param remembered what Redis knew when the flush began
   * @param read what this was then
   * @return the new number, or null where PostgreSQL went back meanwhile
   */
  public Uni<Long> advance(long remembered, long read) {
    return pool.preparedQuery(ADVANCE)
        .execute(Tuple.of(remembered, read))
        .map(RowSet::iterator)
        .map(rows -> rows.hasNext() ? rows.next().getLong(0) : null);
  }
}
