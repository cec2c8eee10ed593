package vn.luot.flush;

import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.UUID;
import vn.luot.connection.Unis;
import vn.luot.flush.day.Days.FlushKeys;
import vn.luot.flush.day.FlushConfig;
import vn.luot.live.RedisClock;
import vn.luot.live.RedisOwner;
import vn.luot.live.redis.LoopConnection;
import vn.luot.live.redis.RedisCommands;

/**
 * Lets one pod flush at a time. That saves work and nothing more: the key that says whose turn it
 * is may be lost or late, since two flushes at once are harmless.
 */
@Singleton
class FlushSchedule {
  private final RedisCommands redis;
  private final RedisOwner owner;
  private final Flusher flusher;
  private final FlushMetrics metrics;
  private final FlushConfig config;
  private final RedisClock clock;
  private final String pod = UUID.randomUUID().toString();
  private volatile boolean leaving;
  private volatile boolean mine;

  FlushSchedule(
      RedisCommands redis,
      RedisOwner owner,
      Flusher flusher,
      FlushMetrics metrics,
      FlushConfig config,
      RedisClock clock) {
    this.owner = owner;
    this.redis = redis;
    this.flusher = flusher;
    this.metrics = metrics;
    this.config = config;
    this.clock = clock;
  }

  @Scheduled(every = "{luot.flush.every}", concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> flush() {
    return owner
        .isOurs()
        .flatMap(ours -> ours ? takeTurn() : Uni.createFrom().item(false))
        .invoke(taken -> mine = taken)
        .flatMap(taken -> taken ? flusher.flush() : leaveToAnother())
        .plug(Unis.orNull(this::failed))
        .flatMap(done -> measureLag())
        .onFailure()
        .recoverWithNull();
  }

  /** What waits is that pod's to say: the last figure of this one would stay. */
  private Uni<Void> leaveToAnother() {
    metrics.unflushed(0);
    return Uni.createFrom().voidItem();
  }

  /** No other pod need wait for a turn that nobody uses; a flush that has begun goes on. */
  void leave(@Observes ShutdownDelayInitiatedEvent soon) {
    leaving = true;
    if (mine) {
      redis.send(Request.cmd(Command.DEL).arg(FlushKeys.flushing()));
    }
  }

  private Uni<Boolean> takeTurn() {
    if (leaving) {
      return Uni.createFrom().item(false);
    }
    // A full Redis refuses to store whose turn it is, and only a flush can free it.
    return redis
        .run(Command.SET, FlushKeys.flushing(), pod, "NX", "PX", config.every().toMillis() * 9 / 10)
        .flatMap(taken -> taken != null ? Uni.createFrom().item(true) : takeFromTheFuture())
        .onFailure(LoopConnection::isAnswer)
        .recoverWithItem(true);
  }

  /** A turn longer than any was taken before Redis's clock went back: it might last for hours. */
  private Uni<Boolean> takeFromTheFuture() {
    long longest = config.every().toMillis();
    return redis
        .run(Command.PTTL, FlushKeys.flushing())
        .flatMap(
            found ->
                found.toLong() > longest
                    ? redis
                        .run(Command.SET, FlushKeys.flushing(), pod, "PX", longest * 9 / 10)
                        .replaceWith(true)
                    : Uni.createFrom().item(false));
  }

  private void failed(Throwable failure) {
    // What a flush needs is taken from under it in the end: another pod repeats it.
    if (leaving) {
      return;
    }
    metrics.failed();
    Log.warnf("The flush to PostgreSQL was broken off and will be repeated: %s", failure);
  }

  private Uni<Void> measureLag() {
    return redis.run(Command.GET, FlushKeys.flushed()).invoke(this::lag).replaceWithVoid();
  }

  private void lag(Response flushed) {
    long lag = flushed == null ? 0 : Math.max(0, clock.millis() - flushed.toLong());
    metrics.behind(lag);
    metrics.flushedAt(flushed == null ? 0 : flushed.toLong());
    if (lag > config.warnWhenBehind().toMillis()) {
      Log.warnf("PostgreSQL is %d s behind Redis", lag / 1000);
    }
  }
}
