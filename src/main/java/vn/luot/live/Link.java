package vn.luot.live;

import io.quarkus.logging.Log;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.impl.ContextInternal;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;

/**
 * One Redis connection of one event loop, made again when it breaks. Only that loop may use it.
 *
 * <p>A pooled connection would cost a checkout per batch and a change of threads, measured at 10
 * microseconds per request.
 */
public final class Link {
  private static final long RETRY_MILLIS = 200;
  private static final String CLOSED = "CONNECTION_CLOSED";

  private final Redis redis;
  private final ContextInternal loop;
  private RedisConnection connection;
  private Promise<RedisConnection> connecting;
  private boolean broken;

  public Link(Redis redis, ContextInternal loop) {
    this.redis = redis;
    this.loop = loop;
    connect();
  }

  /** Whether the last attempt to connect failed: nothing sent now would arrive soon. */
  public boolean isBroken() {
    return broken;
  }

  /** Completes when there is a connection. */
  public Future<?> connected() {
    return connection == null ? connecting.future() : Future.succeededFuture();
  }

  /** Fails with what Redis answers, or with anything else where the outcome is unknown. */
  public Future<Response> send(Request request) {
    RedisConnection used = connection;
    if (used == null) {
      return Future.failedFuture("not connected to Redis");
    }
    // The pool may hand out a connection of another loop; answers are wanted on this one.
    Promise<Response> answer = loop.promise();
    used.send(request).onComplete(answer);
    return answer
        .future()
        .onFailure(
            failure -> {
              if (!isAnswer(failure)) {
                lost(used);
              }
            });
  }

  /**
   * Whether Redis answered with this error, so that the outcome is known. The client reports a
   * connection that closed under a command in the same type as an answer.
   */
  public static boolean isAnswer(Throwable failure) {
    return failure instanceof Response && !CLOSED.equals(failure.getMessage());
  }

  private void connect() {
    if (connecting == null) {
      connecting = Promise.promise();
    }
    loop.runOnContext(
        now ->
            redis
                .connect()
                .onComplete(
                    made ->
                        loop.runOnContext(
                            then -> {
                              if (made.succeeded()) {
                                connected(made.result());
                              } else {
                                failed(made.cause());
                              }
                            })));
  }

  private void connected(RedisConnection made) {
    if (broken) {
      Log.info("Redis is reached again");
    }
    broken = false;
    connection = made;
    made.exceptionHandler(e -> lost(made));
    made.endHandler(end -> lost(made));
    Promise<RedisConnection> waiting = connecting;
    connecting = null;
    waiting.complete(made);
  }

  private void failed(Throwable cause) {
    if (!broken) {
      Log.warnf("Redis cannot be reached: %s", cause.getMessage());
    }
    broken = true;
    loop.setTimer(RETRY_MILLIS, timer -> connect());
  }

  private void lost(RedisConnection which) {
    if (connection == which) {
      Log.warn("A connection to Redis is lost");
      connection = null;
      which.close();
      connect();
    }
  }
}
