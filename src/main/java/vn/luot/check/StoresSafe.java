package vn.luot.check;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Tells in the health data which settings of the stores may lose counts. */
@Readiness
@Singleton
record StoresSafe(StoreChecks checks, CheckConfig config) implements HealthCheck {
  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder health = HealthCheckResponse.named("store settings");
    checks.findings().forEach(finding -> health.withData(finding.name(), finding.detail()));
    return health.status(checks.findings().isEmpty() || !config.refuse()).build();
  }
}
