package vn.luot.live.redis;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import vn.luot.connection.Unis;
import vn.luot.site.Installation;

/** Redis for everything but hits: pooled, and never waited for longer than the limit. */
@Singleton
public class RedisCommands {
  private static final long RENEWED_AT_MOST_EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final LoopRedis clients;
  private final Vertx vertx;
  private final long limitMillis;
  private final Replication replication;
  private final Installation installation;
  private volatile Redis redis;
  private volatile int failovers;
  private long renewedAt = System.nanoTime() - RENEWED_AT_MOST_EVERY_NANOS;

  RedisCommands(
      Redis redis,
      LoopRedis clients,
      Vertx vertx,
      LiveConfig config,
      Replication replication,
      Installation installation) {
    this.installation = installation;
    this.redis = redis;
    this.clients = clients;
    this.vertx = vertx;
    this.limitMillis = config.answerWithin().toMillis();
    this.replication = replication;
  }

  /** The client itself waits for ever: with Redis frozen, and with the pool empty. */
  public Future<Response> send(Request request) {
    return ours(client -> client.send(request));
  }

  /** The same when it is subscribed to. */
  public Uni<Response> run(Command command, Object... args) {
    Request request = Request.cmd(command);
    for (Object arg : args) {
      request.arg(arg.toString());
    }
    return run(request);
  }

  public Uni<Response> run(Request request) {
    return Unis.of(() -> send(request));
  }

  public Uni<Response> run(Script script, List<String> keys, List<Object> args) {
    return Unis.of(() -> script.call(this::send, keys, args));
  }

  /** The same where this Redis may be another installation's. */
  public Future<Response> sendToAnybodys(Request request) {
    return limited(client -> client.send(request));
  }

  /**
   * The same, answered only when what it says cannot be lost with one machine; see {@link
   * Replication.Durability}.
   */
  public Future<Response> sendDurably(Request request) {
    return replication.isWanted()
        ? ours(client -> replication.send(client::batch, request))
        : send(request);
  }

  /** It was found to lead to a replica: the next call goes where the name leads now. */
  public void misdirected() {
    clients.misdirected();
  }

  private Future<Response> ours(Function<Redis, Future<Response>> begin) {
    String owner = installation.othersRedis();
    return owner.isEmpty()
        ? limited(begin)
        : Future.failedFuture("this Redis belongs to the installation " + owner);
  }

  private Future<Response> limited(Function<Redis, Future<Response>> begin) {
    Promise<Response> answer = Promise.promise();
    long timer =
        vertx.setTimer(
            limitMillis,
            late -> answer.tryFail("Redis did not answer within " + limitMillis + " ms"));
    begin
        .apply(client())
        .onComplete(
            sent -> {
              vertx.cancelTimer(timer);
              if (sent.succeeded()) {
                answer.tryComplete(sent.result());
              } else {
                if (ErrorAnswer.of(sent.cause()) == ErrorAnswer.MISDIRECTED) {
                  clients.misdirected();
                }
                answer.tryFail(sent.cause());
              }
            });
    return answer.future();
  }

  private Redis client() {
    return failovers == clients.failovers() ? redis : renewed();
  }

  /** The client keeps its connections, wherever they lead: after a failover it takes another. */
  private synchronized Redis renewed() {
    long now = System.nanoTime();
    if (failovers != clients.failovers() && now - renewedAt > RENEWED_AT_MOST_EVERY_NANOS) {
      failovers = clients.failovers();
      renewedAt = now;
      Redis before = redis;
      redis = clients.pooled(vertx);
      // What is on its way is answered by then, or given up.
      vertx.setTimer(2 * limitMillis, later -> before.close());
    }
    return redis;
  }
}
