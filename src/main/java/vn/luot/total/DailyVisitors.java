package vn.luot.total;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;

/** A day's distinct visitors: Redis's HyperLogLog as it is, and the number it estimates. */
@ApplicationScoped
public class DailyVisitors {
  private static final String LOAD =
      "SELECT sketch FROM daily_visitors WHERE site_id = $1 AND day = $2";

  /** An older sketch, written late by another flusher, has fewer visitors and stays away. */
  private static final String SAVE =
      """
      INSERT INTO daily_visitors AS d (site_id, day, visitors, sketch) VALUES ($1, $2, $3, $4)
      ON CONFLICT (site_id, day) DO UPDATE
      SET visitors = excluded.visitors, sketch = excluded.sketch
      WHERE excluded.visitors >= d.visitors
      """;

  private final Pool pool;

  DailyVisitors(Pool pool) {
    this.pool = pool;
  }

  /** Null where there is none. */
  public Uni<Buffer> load(int site, LocalDate day) {
    return pool.preparedQuery(LOAD).execute(Tuple.of(site, day)).map(DailyVisitors::sketch);
  }

  private static Buffer sketch(RowSet<Row> rows) {
    return rows.size() == 0 ? null : rows.iterator().next().getBuffer(0);
  }

  public Uni<Void> save(int site, LocalDate day, long visitors, Buffer sketch) {
    // The driver only knows the bare buffer; Mutiny's Tuple does not unwrap its own.
    return pool.preparedQuery(SAVE)
        .execute(Tuple.of(site, day, visitors, sketch.getDelegate()))
        .replaceWithVoid();
  }
}
