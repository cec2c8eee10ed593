package vn.luot.admin.numbers;

import io.vertx.core.Future;
import io.vertx.core.http.HttpClosedException;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import java.util.function.Function;
import vn.luot.connection.EventLoop;

/**
 * A connection to PostgreSQL for as long as a caller waits for what is read with it. In whatever
 * way the call ends, what still runs is cancelled and the connection given back; also where the
 * caller goes before there is one.
 */
public final class Lease {
  private static final long AGAIN_MILLIS = 50;

  private final Future<SqlConnection> connection;
  private Future<?> running = Future.succeededFuture();
  private boolean left;

  private Lease(Future<SqlConnection> connection) {
    this.connection = connection;
  }

  public static Lease of(Pool pool) {
    return new Lease(pool.getConnection());
  }

  /** One step after the other; none once the caller has left. */
  public synchronized <T> Future<T> run(Function<SqlConnection, Future<T>> step) {
    Future<T> begun =
        left ? gone() : connection.compose(made -> hasLeft() ? gone() : step.apply(made));
    running = begun;
    return begun;
  }

  private synchronized boolean hasLeft() {
    return left;
  }

  private static <T> Future<T> gone() {
    return Future.failedFuture(new HttpClosedException("the caller has gone"));
  }

  /** Whether or not everything has been read. */
  public synchronized void leave() {
    if (!left) {
      left = true;
      boolean runs = !running.isComplete();
      Future<?> last = running;
      connection.onSuccess(
          made -> {
            if (runs && !last.isComplete()) {
              cancel(made, last);
              // The cancellation may come late: it is for nobody who has the connection next.
              last.onComplete(done -> made.query("SELECT").execute().onComplete(x -> made.close()));
            } else {
              made.close();
            }
          });
    }
  }

  /**
   * Until it has ended: a cancellation that PostgreSQL gets before it has begun, or between its
   * parsing and its running, cancels nothing.
   */
  private static void cancel(SqlConnection made, Future<?> last) {
    if (!last.isComplete()) {
      PgConnection.cast(made)
          .cancelRequest()
          .onComplete(
              asked -> EventLoop.current().runAfter(AGAIN_MILLIS, () -> cancel(made, last)));
    }
  }
}
