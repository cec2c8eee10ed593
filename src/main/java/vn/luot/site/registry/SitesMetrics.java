package vn.luot.site.registry;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;

/** What this pod knows of the registry, and from whom. */
@Startup
@Singleton
class SitesMetrics {
  SitesMetrics(Sites sites, MeterRegistry metrics) {
    Gauge.builder("luot.sites.known", () -> sites.all().size()).register(metrics);
    Gauge.builder("luot.sites.from.copy", () -> sites.isFromCopy() ? 1 : 0).register(metrics);
  }
}
