package vn.luot.check;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Tells in the health data which settings of the stores may lose counts. */
@Readiness
@ApplicationScoped
class StoresSafe implements HealthCheck {
  private final StoreChecks checks;
  private final CheckConfig config;

  StoresSafe(StoreChecks checks, CheckConfig config) {
    this.checks = checks;
    this.config = config;
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder health = HealthCheckResponse.named("store settings");
    checks.findings().forEach(finding -> health.withData(finding.name(), finding.detail()));
    return health.status(checks.findings().isEmpty() || !config.refuse()).build();
  }
}
