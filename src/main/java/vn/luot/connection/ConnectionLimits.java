package vn.luot.connection;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.inject.Singleton;
import java.util.concurrent.TimeUnit;

/** What connections are held to. Netty makes its extensions itself: they find it here. */
@Singleton
public class ConnectionLimits implements HttpServerOptionsCustomizer {
  private static volatile Limits current;

  private final ConnectionConfig config;
  private final Counter slow;

  ConnectionLimits(ConnectionConfig config, MeterRegistry metrics) {
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
  public static Limits current() {
    return current;
  }
}
