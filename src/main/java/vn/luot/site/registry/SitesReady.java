package vn.luot.site.registry;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import vn.luot.site.Installation;

/**
 * A pod that has never seen the registry knows no site to count for. One that has stays ready while
 * a store is down: taking it out of service would mend nothing.
 */
@Readiness
@Singleton
record SitesReady(Sites sites, Installation installation) implements HealthCheck {
  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("site registry")
        .status(sites.isLoaded() && installation.mayServe())
        .build();
  }
}
