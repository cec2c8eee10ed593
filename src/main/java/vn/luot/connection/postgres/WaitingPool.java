package vn.luot.connection.postgres;

import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.impl.CloseFuture;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import io.vertx.pgclient.PgException;
import io.vertx.pgclient.spi.PgDriver;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnectOptions;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.impl.PoolImpl;
import io.vertx.sqlclient.impl.command.CommandBase;
import io.vertx.sqlclient.spi.ConnectionFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * A pool that works with fewer connections than it may open, where PostgreSQL refuses more of them:
 * the role or the server has a limit, and other pods have the rest.
 *
 * <p>The client's own pool fails a caller whose new connection was refused, though others are about
 * to be free. This one asks again for the caller. Of n callers that wait each asks every n
 * milliseconds, so that a free connection is found after one or two. PostgreSQL itself is asked for
 * another connection every two seconds only.
 */
final class WaitingPool extends PoolImpl {
  private static final String TOO_MANY_CONNECTIONS = "53300";
  private static final int ASK_AGAIN_MILLIS = 10;
  private static final long OPEN_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final VertxInternal vertx;
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicLong openAgainAt = new AtomicLong();
  private final int mostWaiting;
  private volatile boolean full;

  /** {@code options} says where to connect, anew for each connection. */
  WaitingPool(
      VertxInternal vertx,
      Supplier<Future<SqlConnectOptions>> where,
      PoolOptions options,
      CloseFuture close) {
    super(vertx, PgDriver.INSTANCE, false, options, null, null, close);
    this.vertx = vertx;
    mostWaiting = options.getMaxWaitQueueSize();
    ConnectionFactory connections = PgDriver.INSTANCE.createConnectionFactory(vertx, where);
    connectionProvider(context -> connect(connections, context));
    init();
    close.add(this);
  }

  /** Whether PostgreSQL refused another connection when it was asked for one last. */
  boolean isFull() {
    return full;
  }

  private Future<SqlConnection> connect(ConnectionFactory connections, Context context) {
    long now = System.nanoTime();
    long again = openAgainAt.get();
    if (full && (now < again || !openAgainAt.compareAndSet(again, now + OPEN_AGAIN_NANOS))) {
      // As PostgreSQL did a moment ago.
      return Future.failedFuture(
          new PgException("too many connections", "FATAL", TOO_MANY_CONNECTIONS, null));
    }
    return connections
        .connect(context)
        .onSuccess(made -> full = false)
        .onFailure(
            failure -> {
              if (isRefusal(failure)) {
                openAgainAt.set(System.nanoTime() + OPEN_AGAIN_NANOS);
                full = true;
              }
            });
  }

  private static boolean isRefusal(Throwable failure) {
    return failure instanceof PgException said && TOO_MANY_CONNECTIONS.equals(said.getSqlState());
  }

  @Override
  public Future<SqlConnection> getConnection() {
    return ask(vertx.getOrCreateContext(), super::getConnection);
  }

  @Override
  public void getConnection(Handler<AsyncResult<SqlConnection>> handler) {
    getConnection().onComplete(handler);
  }

  /** Nothing of a command was sent where there was no connection for it. */
  @Override
  public <R> Future<R> schedule(ContextInternal context, CommandBase<R> command) {
    return ask(context, () -> super.schedule(context, command));
  }

  private <R> Future<R> ask(ContextInternal context, Supplier<Future<R>> asked) {
    Promise<R> answer = context.promise();
    ask(context, asked, System.nanoTime() + PostgresAnswer.LIMIT.toNanos(), answer);
    return answer.future();
  }

  private <R> void ask(
      ContextInternal context, Supplier<Future<R>> asked, long until, Promise<R> answer) {
    asked
        .get()
        .onComplete(
            done -> {
              if (!isRefusal(done.cause())
                  || System.nanoTime() > until
                  || waiting.get() >= mostWaiting) {
                answer.handle(done);
                return;
              }
              int delay = Math.max(ASK_AGAIN_MILLIS, waiting.incrementAndGet());
              vertx.setTimer(
                  delay,
                  timer -> {
                    waiting.decrementAndGet();
                    context.runOnContext(now -> ask(context, asked, until, answer));
                  });
            });
  }
}
