package vn.luot.live;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Supplier;

/** Redis for everything but hits: pooled, and never waited for longer than the limit. */
@ApplicationScoped
public class Store {
  private final Redis redis;
  private final Vertx vertx;
  private final long limitMillis;
  private final Replication replication;

  Store(Redis redis, Vertx vertx, LiveConfig config, Replication replication) {
    this.redis = redis;
    this.vertx = vertx;
    this.limitMillis = config.answerWithin().toMillis();
    this.replication = replication;
  }

  /** The client itself waits for ever: with Redis frozen, and with the pool empty. */
  public Future<Response> send(Request request) {
    return limited(() -> redis.send(request));
  }

  /** The same, answered only when what it says cannot be lost with one machine; see Durability. */
  public Future<Response> sendDurably(Request request) {
    return replication.isWanted()
        ? limited(() -> replication.send(redis::batch, request))
        : send(request);
  }

  private Future<Response> limited(Supplier<Future<Response>> begin) {
    Promise<Response> answer = Promise.promise();
    long timer =
        vertx.setTimer(
            limitMillis,
            late -> answer.tryFail("Redis did not answer within " + limitMillis + " ms"));
    begin
        .get()
        .onComplete(
            sent -> {
              vertx.cancelTimer(timer);
              if (sent.succeeded()) {
                answer.tryComplete(sent.result());
              } else {
                answer.tryFail(sent.cause());
              }
            });
    return answer.future();
  }
}
