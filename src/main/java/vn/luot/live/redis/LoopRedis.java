package vn.luot.live.redis;

import io.quarkus.redis.client.RedisOptionsCustomizer;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Makes clients like the configured one, whose connections live on the event loop that asks for it.
 *
 * <p>A client does all its work on the loop it was made on, so with the shared one every batch
 * would change threads twice.
 */
@Singleton
public class LoopRedis implements RedisOptionsCustomizer {
  /** One is used; in a Redis Cluster the limit is for each node. */
  private static final int CONNECTIONS = 2;

  private volatile @Nullable RedisOptions configured;
  private volatile boolean leaving;
  private final AtomicInteger failovers = new AtomicInteger();

  @Override
  public void customize(String clientName, RedisOptions options) {
    configured = options;
  }

  void leave(@Observes ShutdownDelayInitiatedEvent soon) {
    leaving = true;
  }

  /** Whether the pod is about to end: then connections are closed on purpose. */
  boolean isLeaving() {
    return leaving;
  }

  /** A connection was found to lead to a Redis that takes no writes: others may do so as well. */
  void misdirected() {
    failovers.incrementAndGet();
  }

  /** Grows with each such finding: whoever keeps connections makes new ones. */
  int failovers() {
    return failovers.get();
  }

  /** A client for all, with a pool as configured. */
  Redis pooled(Vertx vertx) {
    return Redis.createClient(vertx, new RedisOptions(configured));
  }

  /** To be called on the event loop. */
  Redis client(Vertx vertx) {
    RedisOptions options = new RedisOptions(configured).setMaxPoolSize(CONNECTIONS);
    return Redis.createClient(vertx, options);
  }
}
