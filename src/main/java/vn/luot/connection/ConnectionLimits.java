package vn.luot.connection;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import io.vertx.core.http.HttpServerOptions;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import vn.luot.setting.Allowed;

/** What connections are held to. Netty makes its extensions itself: they find it here. */
@Singleton
public class ConnectionLimits implements HttpServerOptionsCustomizer {
  private static volatile @Nullable Limits current;

  private final Config config;
  private final Counter slow;

  ConnectionLimits(Config config, MeterRegistry metrics) {
    this.config = config;
    this.slow = metrics.counter("luot.connections.slow");
  }

  /**
   * @param nanos how long a request may take to arrive
   * @param bytesPerSecond for each of which that have arrived it may take a second more
   * @param nanosBetween two requests that were sent ahead
   * @param heads how long lines and headers may be
   * @param slow those that took longer
   */
  public record Limits(
      long nanos, long bytesPerSecond, long nanosBetween, HttpServerOptions heads, Counter slow) {
    /** Until when a request may take that has brought so many bytes so far. */
    public long nanosFor(long bytes) {
      return nanos + bytes * 1_000_000_000L / bytesPerSecond;
    }
  }

  @Override
  public void customizeHttpServer(HttpServerOptions server) {
    current =
        new Limits(
            config.requestWithin().toNanos(),
            config.bytesPerSecond().asLongValue(),
            TimeUnit.SECONDS.toNanos(1) / config.aheadPerSecond(),
            server,
            slow);
  }

  @Override
  public void customizeHttpsServer(HttpServerOptions server) {
    customizeHttpServer(server);
  }

  /** Null before the application starts. */
  public static @Nullable Limits current() {
    return current;
  }

  /** Settings of how long a client may take to say what it wants. */
  @ConfigMapping(prefix = "luot.connections")
  interface Config {
    /**
     * From the first byte of a request to its last. A page's request is one packet; whoever takes
     * longer than this over a slow line sends it again. Without it a byte a minute would hold a
     * connection for ever, since none is ever idle.
     */
    @WithDefault("20s")
    @WithConverter(Allowed.SomeTime.class)
    Duration requestWithin();

    /** A second more for each of these that have arrived, so that a file to import may be large. */
    @WithDefault("32K")
    MemorySize bytesPerSecond();

    /**
     * How many requests a second that were sent before the one in front of them was answered are
     * let in by an event loop, over all its connections. Browsers and proxies send none.
     */
    @WithDefault("2000")
    @WithConverter(Allowed.FromOne.class)
    int aheadPerSecond();
  }
}
