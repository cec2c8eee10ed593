package vn.luot.refusal;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.List;

/** Counts refused public calls: with what was counted they balance what was received. */
@Singleton
public record RefusalMetrics(MeterRegistry registry) {
  private static final List<Reason> OUR_FAULTS =
      List.of(Reason.INTERNAL, Reason.OVERLOADED, Reason.NOT_STORED, Reason.NOT_READABLE);

  /**
   * Begins at 0 what nobody but Luot is to blame for: from nothing to the first one Prometheus sees
   * no increase.
   */
  public void expect(String call) {
    OUR_FAULTS.forEach(reason -> counter(call, reason));
  }

  /** {@code call} is one of few, since it is a label. */
  public void count(String call, Refusal refusal) {
    counter(call, refusal.reason()).increment();
  }

  private Counter counter(String call, Reason reason) {
    return registry.counter("luot.requests.refused", "call", call, "reason", reason.label());
  }
}
