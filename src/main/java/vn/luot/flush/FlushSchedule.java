package vn.luot.flush;

import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import vn.luot.live.Futures;
import vn.luot.live.Keys;
import vn.luot.live.Link;
import vn.luot.live.RedisClock;
import vn.luot.live.Store;

/**
 * Lets one pod flush at a time. That saves work and nothing more: the key that says whose turn it
 * is may be lost or late, since two flushes at once are harmless.
 */
@ApplicationScoped
class FlushSchedule {
  private final Store store;
  private final Flusher flusher;
  private final FlushMetrics metrics;
  private final FlushConfig config;
  private final RedisClock clock;
  private final String pod = UUID.randomUUID().toString();

  FlushSchedule(
      Store store, Flusher flusher, FlushMetrics metrics, FlushConfig config, RedisClock clock) {
    this.store = store;
    this.flusher = flusher;
    this.metrics = metrics;
    this.config = config;
    this.clock = clock;
  }

  @Scheduled(every = "{luot.flush.every}", concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> flush() {
    return takeTurn()
        .flatMap(mine -> mine ? flusher.flush() : Uni.createFrom().voidItem())
        .onFailure()
        .invoke(this::failed)
        .onFailure()
        .recoverWithNull()
        .flatMap(done -> measureLag())
        .onFailure()
        .recoverWithNull();
  }

  private Uni<Boolean> takeTurn() {
    Request request =
        Request.cmd(Command.SET)
            .arg(Keys.flushing())
            .arg(pod)
            .arg("NX")
            .arg("PX")
            .arg(config.every().toMillis() * 9 / 10);
    // A full Redis refuses to store whose turn it is, and only a flush can free it.
    return Futures.uni(() -> store.send(request))
        .map(taken -> taken != null)
        .onFailure(Link::isAnswer)
        .recoverWithItem(true);
  }

  private void failed(Throwable failure) {
    metrics.failed();
    Log.warnf("The flush to PostgreSQL was broken off and will be repeated: %s", failure);
  }

  private Uni<Void> measureLag() {
    return Futures.uni(() -> store.send(Request.cmd(Command.GET).arg(Keys.flushed())))
        .invoke(this::lag)
        .replaceWithVoid();
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
