package vn.luot.refusal;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;

/** Counts refused public calls: with what was counted they balance what was received. */
@ApplicationScoped
public class RefusalMetrics {
  private final MeterRegistry registry;

  RefusalMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  /** {@code call} is one of few, since it is a label. */
  public void count(String call, Refusal refusal) {
    registry
        .counter("luot.requests.refused", "call", call, "reason", refusal.reason().label())
        .increment();
  }
}
