package vn.luot.total;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.function.BooleanSupplier;

/** Reads which pages PostgreSQL has of a site. */
@Singleton
public record PageKeys(Pool pool) {
  /** In portions: nobody else's hit waits while a million of them are read. */
  private static final String READ =
      """
      (SELECT page FROM page WHERE site_id = $1 AND page > $2 ORDER BY page LIMIT $3)
      UNION (SELECT page FROM baseline WHERE site_id = $1 AND page > $2 ORDER BY page LIMIT $3)
      ORDER BY page LIMIT $3
      """;

  private static final int AT_ONCE = 10_000;

  /**
   * Keys of pages, sorted: 8 bytes each, and while they are read room for half as many more at
   * most.
   */
  public static final class Sorted {
    private long[] keys = new long[16];
    private volatile int size;
    private boolean complete;

    public int size() {
      return size;
    }

    public boolean contains(long key) {
      return Arrays.binarySearch(keys, 0, size, key) >= 0;
    }

    private long last() {
      return size == 0 ? Long.MIN_VALUE : keys[size - 1];
    }

    private void add(RowSet<Row> rows) {
      int more = rows.size();
      if (size + more > keys.length) {
        keys = Arrays.copyOf(keys, Math.max(size + more, keys.length / 2 * 3));
      }
      int next = size;
      for (Row row : rows) {
        keys[next++] = row.getLong(0);
      }
      size = next;
      complete = more < AT_ONCE;
      if (complete) {
        keys = Arrays.copyOf(keys, size);
      }
    }
  }

  /** Adds them to {@code found}, which is empty, while there are more and it may go on. */
  public Uni<Void> read(int site, Sorted found, BooleanSupplier goesOn) {
    // Repeated, and not each query the sequel of the one before: all would be held until the last.
    return Multi.createBy()
        .repeating()
        .uni(
            () ->
                pool.preparedQuery(READ)
                    .execute(Tuple.of(site, found.last(), AT_ONCE))
                    .invoke(found::add))
        .whilst(rows -> !found.complete && goesOn.getAsBoolean())
        .collect()
        .last()
        .replaceWithVoid();
  }
}
