package vn.luot.live.redis;

import io.quarkus.logging.Log;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import vn.luot.connection.EventLoop;
import vn.luot.live.redis.Replication.NotReplicated;

/**
 * One Redis connection of one event loop, made again when it breaks. Only that loop uses it, and
 * everything here happens on that loop.
 *
 * <p>A pooled connection would cost a checkout per batch and a change of threads, measured at 10
 * microseconds per request.
 */
public final class LoopConnection {
  private static final long RETRY_MILLIS = 200;
  private static final long RETRY_NANOS = Duration.ofMillis(RETRY_MILLIS).toNanos();
  private static final long CLOSE_AFTER_MILLIS = 2_000;
  private static final long QUIET_NANOS = Duration.ofSeconds(3).toNanos();

  private final LoopRedis clients;
  private final EventLoop loop;
  private final Replication replication;

  @SuppressWarnings("NullAway.Init") // Made on the loop, before anything else is done there.
  private Redis redis;

  private @Nullable RedisConnection connection;
  private Promise<RedisConnection> connecting = Promise.promise();
  private boolean broken;
  private boolean misdirected;
  private boolean closed;
  private long lastSent = System.nanoTime();
  private long madeAt;

  public LoopConnection(LoopRedis clients, Replication replication, EventLoop loop) {
    this.clients = clients;
    this.loop = loop;
    this.replication = replication;
    loop.run(
        () -> {
          redis = clients.client(loop.vertx());
          connect();
        });
  }

  /** Whether the last attempt to connect failed: nothing sent now would arrive soon. */
  public boolean isBroken() {
    return broken;
  }

  /** Completes when there is a connection. */
  public Future<?> connected() {
    return connecting.future();
  }

  /** Fails with what Redis answers, or with anything else where the outcome is unknown. */
  public Future<Response> send(Request request) {
    RedisConnection used = connection;
    lastSent = System.nanoTime();
    if (used == null) {
      return Future.failedFuture("not connected to Redis");
    }
    Promise<Response> answer = loop.promise();
    (replication.isWanted() ? replication.send(used::batch, request) : used.send(request))
        .onComplete(answer);
    return answer.future().onSuccess(done -> rightPlace()).onFailure(e -> judge(used, e));
  }

  /**
   * Asks for an answer where none was wanted for a while, so that a connection which no longer
   * leads anywhere is found out by its read timeout and not by the next hits.
   */
  public void keepAlive() {
    if (connection != null && System.nanoTime() - lastSent > QUIET_NANOS) {
      send(Request.cmd(Command.PING));
    }
  }

  /** Nothing is to be sent any more. To be called on the loop. */
  public void close() {
    closed = true;
    forget();
    redis.close();
  }

  /** Whether Redis answered with this error, so that the outcome is known. */
  public static boolean isAnswer(Throwable failure) {
    return ErrorAnswer.of(failure) != null;
  }

  private void rightPlace() {
    if (misdirected) {
      misdirected = false;
      Log.info("Redis takes writes again");
    }
  }

  private void judge(RedisConnection used, Throwable failure) {
    ErrorAnswer answer = ErrorAnswer.of(failure);
    if (answer == ErrorAnswer.MISDIRECTED) {
      misdirected(used, failure);
    } else if (answer == null && !(failure instanceof NotReplicated)) {
      lost(used);
    }
  }

  /**
   * After a failover the old connections stay where they were. The first one is made anew at once;
   * where that leads to no better place, the name is asked again after a while.
   */
  private void misdirected(RedisConnection which, Throwable failure) {
    if (connection != which) {
      return;
    }
    clients.misdirected();
    boolean again = misdirected;
    misdirected = true;
    forget();
    // The client would give out the same connection again. What is on its way there is answered.
    Redis before = redis;
    loop.runAfter(CLOSE_AFTER_MILLIS, before::close);
    redis = clients.client(loop.vertx());
    if (again) {
      broken = true;
      loop.runAfter(RETRY_MILLIS, this::connect);
    } else {
      Log.warnf("Redis takes no writes here, the connection is replaced: %s", failure.getMessage());
      connect();
    }
  }

  private void connect() {
    redis.connect().onComplete(made -> loop.run(() -> connected(made)));
  }

  private void connected(AsyncResult<RedisConnection> made) {
    if (made.failed()) {
      failed(made.cause());
      return;
    }
    if (broken && !misdirected) {
      Log.info("Redis is reached again");
    }
    broken = false;
    madeAt = System.nanoTime();
    connection = made.result();
    connection.exceptionHandler(e -> loop.run(() -> lost(made.result())));
    connection.endHandler(end -> loop.run(() -> lost(made.result())));
    connecting.complete(connection);
  }

  private void failed(Throwable cause) {
    if (!broken && !closed && !clients.isLeaving()) {
      Log.warnf("Redis cannot be reached: %s", cause.getMessage());
    }
    broken = true;
    if (!closed) {
      loop.runAfter(RETRY_MILLIS, this::connect);
    }
  }

  private void lost(RedisConnection which) {
    if (connection == which) {
      if (!clients.isLeaving()) {
        Log.warn("A connection to Redis is lost");
      }
      forget();
      which.close();
      if (System.nanoTime() - madeAt > RETRY_NANOS) {
        connect();
      } else {
        // Whatever closes it at once would do so a thousand times a second.
        broken = true;
        loop.runAfter(RETRY_MILLIS, this::connect);
      }
    }
  }

  private void forget() {
    connection = null;
    connecting = Promise.promise();
  }
}
