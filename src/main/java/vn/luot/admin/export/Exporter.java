package vn.luot.admin.export;

import io.quarkus.logging.Log;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.PreparedQuery;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
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
  /**
   * Of the possible plans the one whose first rows come at once. Sorting a year of a large site
   * before there are any takes PostgreSQL's disk and longer than a statement may, and nobody could
   * be told meanwhile that the client has gone. PostgreSQL plans so for cursors that are declared;
   * the driver's own are none.
   */
  static final String SOON = "SET LOCAL cursor_tuple_fraction = 0.000001";

  static final String DECLARE = "DECLARE rows NO SCROLL CURSOR FOR ";

  private final Pool pool;
  private final ExportConfig config;
  private final AtomicInteger running = new AtomicInteger();

  Exporter(Pool pool, ExportConfig config) {
    this.pool = pool;
    this.config = config;
  }

  /** A connection that reads until the client has everything or is gone. */
  private record Reading(SqlConnection connection, PreparedQuery<RowSet<Row>> fetch) {}

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
                open(connection, subject, values).onFailure().call(e -> connection.close()))
        .onFailure()
        .invoke(e -> running.decrementAndGet())
        .onFailure(e -> !(e instanceof Refusal))
        .transform(
            e -> {
              Log.warnf("An export cannot begin: %s", e);
              return Refusal.forNow(Reason.NOT_READABLE, "PostgreSQL does not answer.");
            });
  }

  private Uni<Reading> open(SqlConnection connection, Subject subject, Tuple values) {
    return connection
        .begin()
        .flatMap(begun -> connection.query(SOON).execute())
        .flatMap(set -> connection.preparedQuery(DECLARE + subject.query()).execute(values))
        .flatMap(declared -> connection.prepare("FETCH " + config.rowsAtOnce() + " FROM rows"))
        .map(fetch -> new Reading(connection, fetch.query()));
  }

  private Multi<byte[]> chunks(Reading reading, Format format) {
    return Multi.createBy()
        .concatenating()
        .streams(
            Multi.createFrom().item(bytes(format.head())),
            Multi.createBy()
                .repeating()
                .uni(() -> reading.fetch.execute())
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
