package vn.luot.site;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;

/** What this pod knows of the registry, and from whom. */
@Startup
@Singleton
class SitesMetrics {
  SitesMetrics(Sites sites, MeterRegistry metrics) {
    metrics.gauge("luot.sites.known", sites, Sites::count);
    metrics.gauge("luot.sites.from.copy", sites, s -> s.isLoaded() && s.version() == null ? 1 : 0);
  }
}
