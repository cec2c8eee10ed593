package vn.luot.problem;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import vn.luot.refusal.Refusal;
import vn.luot.site.PublicCall;

/** Counts refused public calls: with what was counted they balance what was received. */
@ApplicationScoped
class RefusalMetrics {
  private final MeterRegistry registry;

  RefusalMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  void count(HttpServerRequest request, Refusal refusal) {
    registry
        .counter(
            "luot.requests.refused",
            "call",
            PublicCall.label(request.method(), request.path()),
            "reason",
            refusal.reason().label())
        .increment();
  }
}
