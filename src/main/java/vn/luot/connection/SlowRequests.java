package vn.luot.connection;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;

/** How long a request may take to arrive, for those that watch one arrive. */
@Startup
@ApplicationScoped
class SlowRequests {
  /** Netty makes its extensions itself: they find the application's one here. */
  private static volatile Limit current;

  SlowRequests(ConnectionConfig config, MeterRegistry metrics) {
    current =
        new Limit(
            config.requestWithin().toNanos(),
            config.bytesPerSecond().asLongValue(),
            metrics.counter("luot.connections.slow"));
  }

  record Limit(long nanos, long bytesPerSecond, Counter slow) {
    /** Until when a request may take that has brought so many bytes so far. */
    long nanosFor(long bytes) {
      return nanos + bytes * 1_000_000_000L / bytesPerSecond;
    }
  }

  /** Null before the application starts. */
  static Limit limit() {
    return current;
  }
}
