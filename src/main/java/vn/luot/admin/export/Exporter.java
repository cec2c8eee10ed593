package vn.luot.admin.export;

import io.quarkus.logging.Log;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import vn.luot.admin.numbers.Lease;
import vn.luot.connection.Unis;
import vn.luot.connection.postgres.PostgresAnswer;
import vn.luot.refusal.Reason;
import vn.luot.refusal.Refusal;
import vn.luot.setting.Allowed;

/**
 * Streams rows from a cursor of PostgreSQL: some are fetched when the ones before have left for the
 * client, so that an export of any length takes the same memory. All rows are of one moment.
 */
@Singleton
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
  private final Config config;
  private final Vertx vertx;

  /** The sites of which one is running. */
  private final Set<Integer> running = ConcurrentHashMap.newKeySet();

  Exporter(Pool pool, Config config, Vertx vertx) {
    this.pool = pool;
    this.config = config;
    this.vertx = vertx;
  }

  Multi<byte[]> export(int site, Subject subject, Format format, Tuple values) {
    return Multi.createFrom()
        .deferred(
            () -> {
              enter(site);
              Lease lease = Lease.of(pool);
              long end =
                  vertx.setTimer(config.giveUpAfter().toMillis(), late -> giveUp(site, lease));
              return chunks(lease, subject, values, format)
                  .onTermination()
                  .invoke(
                      () -> {
                        vertx.cancelTimer(end);
                        lease.leave();
                        running.remove(site);
                      });
            });
  }

  /** The next rows cannot be fetched then: the client sees that something is missing. */
  private void giveUp(int site, Lease lease) {
    Log.warnf("An export of site %d is not read to its end in time", site);
    lease.leave();
  }

  private void enter(int site) {
    synchronized (running) {
      if (running.contains(site)) {
        throw Refusal.forNow(Reason.TOO_MANY, "An export of this site is running; wait for it.");
      }
      if (running.size() >= config.atOnce()) {
        throw Refusal.forNow(Reason.OVERLOADED, "Other exports are running; try again soon.");
      }
      running.add(site);
    }
  }

  private Uni<Void> open(Lease lease, Subject subject, Tuple values) {
    return PostgresAnswer.read(Unis.of(() -> lease.run(made -> open(made, subject, values))));
  }

  private Future<Void> open(SqlConnection made, Subject subject, Tuple values) {
    return made.begin()
        .compose(begun -> made.query(SOON).execute())
        .compose(set -> made.preparedQuery(DECLARE + subject.query()).execute(values))
        .mapEmpty();
  }

  private Multi<byte[]> chunks(Lease lease, Subject subject, Tuple values, Format format) {
    return open(lease, subject, values)
        .onItem()
        .transformToMulti(
            begun ->
                Multi.createBy()
                    .concatenating()
                    .streams(
                        Multi.createFrom().item(bytes(format.head())),
                        Multi.createBy()
                            .repeating()
                            .uni(() -> fetch(lease))
                            .whilst(rows -> rows.size() == config.rowsAtOnce())
                            .map(format::rows)
                            .filter(chunk -> chunk.length > 0),
                        Multi.createFrom()
                            .item(() -> bytes(format.foot()))
                            .filter(foot -> foot.length > 0)))
        .map(Exporter::withoutLineFeed)
        .onFailure(e -> !(e instanceof Refusal))
        .invoke(e -> Log.warnf("An export broke off: %s", e));
  }

  /** Not prepared: a pooler may give the next transaction another session. */
  private Uni<RowSet<Row>> fetch(Lease lease) {
    String next = "FETCH " + config.rowsAtOnce() + " FROM rows";
    return Unis.of(() -> lease.run(made -> made.query(next).execute()));
  }

  /** Quarkus ends every item of a stream with one. */
  private static byte[] withoutLineFeed(byte[] chunk) {
    return chunk[chunk.length - 1] == '\n' ? Arrays.copyOf(chunk, chunk.length - 1) : chunk;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Settings of exports. */
  @ConfigMapping(prefix = "luot.export")
  interface Config {
    /**
     * Exports that a pod serves at once, one for each site; each holds a connection to PostgreSQL
     * as long as it runs. More are answered 503, a second one of a site 429.
     */
    @WithDefault("2")
    @WithConverter(Allowed.FromOne.class)
    int atOnce();

    /** Rows in memory for each export. */
    @WithDefault("1000")
    @WithConverter(Allowed.FromOne.class)
    int rowsAtOnce();

    /**
     * The longest an export may take, however slowly it is read: PostgreSQL keeps all that changes
     * meanwhile as it was. Then it breaks off.
     */
    @WithDefault("1h")
    @WithConverter(Allowed.SomeTime.class)
    Duration giveUpAfter();
  }
}
