package vn.luot.admin.export;

import io.quarkus.logging.Log;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Cursor;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import vn.luot.refusal.Reason;
import vn.luot.refusal.Refusal;

/**
 * Streams rows from a cursor of PostgreSQL: some are fetched when the ones before have left for the
 * client, so that an export of any length takes the same memory. All rows are of one moment.
 */
@ApplicationScoped
class Exporter {
  private final Pool pool;
  private final ExportConfig config;
  private final AtomicInteger running = new AtomicInteger();

  Exporter(Pool pool, ExportConfig config) {
    this.pool = pool;
    this.config = config;
  }

  /** A connection that reads until the client has everything or is gone. */
  private record Reading(SqlConnection connection, Cursor cursor) {}

  Multi<byte[]> export(Subject subject, Format format, Tuple values) {
    return Multi.createFrom()
        .resourceFromUni(() -> begin(subject, values), reading -> chunks(reading, format))
        .withFinalizer(this::end, (reading, failure) -> end(reading), reading -> end(reading));
  }

  private Uni<Reading> begin(Subject subject, Tuple values) {
    if (running.incrementAndGet() > config.atOnce()) {
      running.decrementAndGet();
      throw Refusal.forNow(Reason.OVERLOADED, "Other exports are running; try again soon.");
    }
    return pool.getConnection()
        .flatMap(
            connection ->
                connection
                    .begin()
                    .flatMap(begun -> connection.prepare(subject.query()))
                    .map(query -> new Reading(connection, query.cursor(values)))
                    .onFailure()
                    .call(e -> connection.close()))
        .onFailure()
        .invoke(e -> running.decrementAndGet())
        .onFailure(e -> !(e instanceof Refusal))
        .transform(e -> Refusal.forNow(Reason.NOT_READABLE, "PostgreSQL does not answer."));
  }

  private Multi<byte[]> chunks(Reading reading, Format format) {
    return Multi.createBy()
        .concatenating()
        .streams(
            Multi.createFrom().item(bytes(format.head())),
            Multi.createBy()
                .repeating()
                .uni(() -> reading.cursor.read(config.rowsAtOnce()))
                // Not hasMore(), which fails where the rows came before the read had returned.
                .whilst(rows -> rows.size() == config.rowsAtOnce())
                .map(format::rows)
                .filter(chunk -> chunk.length > 0),
            Multi.createFrom().item(() -> bytes(format.foot())).filter(foot -> foot.length > 0))
        .map(Exporter::withoutLineFeed)
        .onFailure()
        .invoke(e -> Log.warnf("An export broke off: %s", e));
  }

  /** Quarkus ends every item of a stream with one. */
  private static byte[] withoutLineFeed(byte[] chunk) {
    return chunk[chunk.length - 1] == '\n' ? Arrays.copyOf(chunk, chunk.length - 1) : chunk;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Closing the connection ends its transaction, of which nothing is to be kept. */
  private Uni<Void> end(Reading reading) {
    return reading.connection.close().onTermination().invoke(() -> running.decrementAndGet());
  }
}
