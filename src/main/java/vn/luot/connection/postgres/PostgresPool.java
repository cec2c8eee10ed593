package vn.luot.connection.postgres;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.impl.CloseFuture;
import io.vertx.core.impl.VertxInternal;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.impl.PgPoolImpl;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.impl.SocketConnectionBase;
import io.vertx.sqlclient.impl.SqlConnectionInternal;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL's pool, with limits that the defaults lack: a statement that hangs gives its
 * connection back, one that leads nowhere is replaced, and those that wait for one do not pile up.
 */
@Singleton
public class PostgresPool implements PgPoolCreator {
  private static final int MOST_WAITING = 1000;

  /** A connection on which nothing came for so long leads nowhere, or nobody needs it. */
  private static final Duration SILENT = Duration.ofSeconds(30);

  private static final String WATCH = "silence";

  /**
   * A standby answers reads, refuses writes for ever and closes nothing when the primary is back: a
   * connection to one is soon made anew.
   */
  private static final String IS_STANDBY =
      "SELECT pg_is_in_recovery(), pg_postmaster_start_time()::text";

  private static final long STANDBY_MILLIS = 3_000;

  /** Whatever else a connection has missed of a failover. */
  private static final int OLDEST_MINUTES = 10;

  /** Milliseconds; longer than any query here, and above the flush's biggest merge. */
  private static final String STATEMENT_LIMIT = "20000";

  /**
   * For one step of a query: what a site's 100,000 pages take, so that summing them up needs no
   * disk.
   */
  private static final String SORT_MEMORY = "16MB";

  /** Compiling a query takes longer than any here runs, and would be done anew each time. */
  private static final String COMPILING = "off";

  private static final Map<String, String> SETTINGS =
      Map.of("statement_timeout", STATEMENT_LIMIT, "work_mem", SORT_MEMORY, "jit", COMPILING);

  private final AtomicInteger next = new AtomicInteger();
  private final Duration silent;
  private final Pooler pooler;
  private final AtomicInteger starts = new AtomicInteger();
  private final AtomicReference<String> start = new AtomicReference<>();
  private volatile @Nullable WaitingPool pool;

  @Inject
  PostgresPool(Config config) {
    this(SILENT, config.pooler());
  }

  PostgresPool(Duration silent, Pooler pooler) {
    this.silent = silent;
    this.pooler = pooler;
  }

  @Override
  public Pool create(Input input) {
    List<PgConnectOptions> connections = input.pgConnectOptionsList();
    connections.forEach(
        options -> {
          pooler.begin(options, SETTINGS);
          options.setTcpKeepAlive(true);
        });
    // No limit of the pool's own: it ends with an error in the log for each query that failed
    // before it, hundreds a second while PostgreSQL is down. Whatever a visitor waits for has one.
    PoolOptions options =
        input
            .poolOptions()
            .setMaxWaitQueueSize(MOST_WAITING)
            .setConnectionTimeout(0)
            .setMaxLifetime(OLDEST_MINUTES)
            .setMaxLifetimeUnit(TimeUnit.MINUTES);
    VertxInternal vertx = (VertxInternal) input.vertx();
    CloseFuture close = new CloseFuture();
    pool =
        new WaitingPool(vertx, () -> Future.succeededFuture(inTurn(connections)), options, close);
    pool.connectHandler(connection -> prepare(connection, vertx));
    // What Quarkus wants a pool to be.
    return new PgPoolImpl(vertx, close, pool);
  }

  /**
   * Grows whenever a connection leads to another start of a server than the one before: what was
   * committed before may be gone from it.
   */
  public int starts() {
    return starts.get();
  }

  /** Whether PostgreSQL refuses this pod another connection: those who need one wait. */
  public boolean isRefused() {
    return pool != null && pool.isFull();
  }

  /**
   * Closes it where it is silent. The client's own idle timeout waits for the answers that are due
   * before it closes: where none comes, for ever.
   */
  private static void watch(Channel channel, Duration silent) {
    ChannelPipeline pipeline = channel.pipeline();
    if (pipeline.get(WATCH) != null) {
      pipeline.remove(WATCH);
    }
    pipeline.addFirst(
        WATCH,
        new IdleStateHandler(silent.toSeconds(), 0, 0, TimeUnit.SECONDS) {
          @Override
          protected void channelIdle(ChannelHandlerContext context, IdleStateEvent silence) {
            context.close();
          }
        });
  }

  private static Channel channel(SqlConnection connection) {
    SocketConnectionBase made =
        (SocketConnectionBase) ((SqlConnectionInternal) connection).unwrap().unwrap();
    return made.socket().channelHandlerContext().channel();
  }

  /** From now on nothing may come for so long: for a statement that takes its time. */
  public static void expectSilence(SqlConnection connection, Duration most) {
    watch(channel(connection), most);
  }

  /** As before {@link #expectSilence}. */
  public static void expectAnswers(SqlConnection connection) {
    watch(channel(connection), SILENT);
  }

  /** Given to the pool only when it is known where it leads. */
  private void prepare(SqlConnection connection, Vertx vertx) {
    Channel channel = channel(connection);
    watch(channel, silent);
    connection
        .query(pooler.after(SETTINGS) + IS_STANDBY)
        .execute()
        .map(PostgresPool::last)
        .onSuccess(
            rows -> {
              Row server = rows.iterator().next();
              String started = server.getString(1);
              if (!started.equals(start.getAndSet(started))) {
                starts.incrementAndGet();
              }
              if (server.getBoolean(0)) {
                vertx.setTimer(STANDBY_MILLIS, later -> channel.close());
              }
            })
        .onComplete(known -> connection.close());
  }

  /** Each statement has rows of its own. */
  private static RowSet<Row> last(RowSet<Row> rows) {
    RowSet<Row> last = rows;
    while (last.next() != null) {
      last = last.next();
    }
    return last;
  }

  private PgConnectOptions inTurn(List<PgConnectOptions> connections) {
    return connections.get(Math.floorMod(next.getAndIncrement(), connections.size()));
  }

  /** Settings of the way to PostgreSQL. */
  @ConfigMapping(prefix = "luot.postgres")
  interface Config {
    /** Whether PgBouncer stands between, and its pool_mode: none, session or transaction. */
    @WithDefault("none")
    Pooler pooler();
  }
}
