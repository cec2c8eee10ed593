package vn.luot.total;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** How much of PostgreSQL's pool is open; one that stays full makes reads wait. */
@Startup
@Singleton
class PoolMetrics {
  PoolMetrics(
      Pool pool,
      MeterRegistry metrics,
      @ConfigProperty(name = "quarkus.datasource.reactive.max-size") int most) {
    Gauge.builder("luot.postgres.connections", pool::size).register(metrics);
    Gauge.builder("luot.postgres.connections.max", () -> most).register(metrics);
  }
}
