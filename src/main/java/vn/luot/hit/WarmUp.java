package vn.luot.hit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.logging.Log;
import io.quarkus.runtime.ImageMode;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.vertx.http.HttpServerStart;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jspecify.annotations.Nullable;
import vn.luot.connection.request.FastConnection;
import vn.luot.hit.batch.HitBatchers;
import vn.luot.live.redis.Keys;
import vn.luot.live.redis.LiveConfig;
import vn.luot.live.redis.RedisCommands;
import vn.luot.site.Site;
import vn.luot.site.SiteRules;
import vn.luot.site.registry.Sites;

/**
 * Sends the pod hits of its own before it is ready: by then the JVM has loaded and compiled what
 * the first real ones need. They take the way of all hits, to a site that nobody can register, and
 * count nothing: Redis takes each batch for one that it has recorded, and only reads.
 */
@Readiness
@Singleton
class WarmUp implements HealthCheck {
  private static final int AWAIT_SITES_MILLIS = 20;

  /** Numbers in PostgreSQL begin at 1. */
  private static final int SITE = 0;

  private final Sites sites;
  private final RedisCommands redis;
  private final Counter received;

  /** Both are null where there is nothing to do. */
  private final @Nullable HitBatchers batchers;

  private final HitFastPath.@Nullable Way way;
  private final OwnHits own = new OwnHits();
  private final long limit;
  private volatile long begun;
  private volatile boolean done;

  WarmUp(
      Sites sites,
      Hits counting,
      HitBatchers countingBatchers,
      RedisCommands redis,
      LiveConfig config,
      MeterRegistry metrics,
      ObjectMapper json,
      @ConfigProperty(name = "quarkus.http.access-log.enabled", defaultValue = "false")
          boolean accessLog,
      @ConfigProperty(name = "quarkus.http.insecure-requests", defaultValue = "enabled")
          String plain)
      throws JsonProcessingException {
    this.sites = sites;
    this.redis = redis;
    this.received = metrics.counter("luot.hits.received");
    this.limit = config.warmUp().toNanos();
    // A native executable has nothing left to load or compile.
    boolean compiled = ImageMode.current().isNativeImage();
    this.done = limit == 0 || compiled || accessLog || !plain.equalsIgnoreCase("enabled");
    if (done) {
      this.batchers = null;
      this.way = null;
      return;
    }
    this.batchers = countingBatchers.uncounted();
    Site site = new Site(SITE, json.readValue(OwnHits.RULES, SiteRules.class), null, false, 0);
    Counter unread = new SimpleMeterRegistry().counter("luot.hits.received");
    this.way = new HitFastPath.Way(slug -> site, counting.by(batchers), unread, refusal -> {});
  }

  /** Null where the connection is not the pod's own. */
  HitFastPath.@Nullable Way of(SocketAddress peer) {
    return own.comesFrom(peer) ? way : null;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("warm-up")
        .status(done || begun != 0 && isLate())
        .withData("hits", own.answered())
        .build();
  }

  void end(@Observes ShutdownEvent end) {
    done = true;
  }

  private boolean isLate() {
    return System.nanoTime() - begun > limit;
  }

  /** On a thread of its own; told by each event loop that serves, the first one begins. */
  synchronized void begin(@ObservesAsync HttpServerStart started) throws InterruptedException {
    while (!done && !sites.isLoaded()) {
      TimeUnit.MILLISECONDS.sleep(AWAIT_SITES_MILLIS);
    }
    if (done || batchers == null) {
      return;
    }
    begun = System.nanoTime();
    try {
      int port = ConfigProvider.getConfig().getValue("quarkus.http.port", Integer.class);
      send(new InetSocketAddress(started.options().getHost(), port));
    } catch (IOException | RuntimeException e) {
      Log.debugf("The warm-up ends early: %s", e.getMessage());
    } finally {
      done = true;
      batchers.close();
    }
  }

  private void send(InetSocketAddress server) throws IOException {
    FastConnection.openOn(io.vertx.core.net.SocketAddress.inetSocketAddress(server));
    try {
      own.send(server, () -> !done && !isLate() && received.count() == 0);
    } finally {
      redis
          .send(Request.cmd(Command.UNLINK).arg(Keys.state(SITE)).arg(Keys.ring(SITE)))
          .toCompletionStage()
          .toCompletableFuture()
          .join();
    }
  }
}
