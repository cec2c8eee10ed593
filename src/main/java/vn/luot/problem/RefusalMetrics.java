package vn.luot.problem;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import vn.luot.refusal.Refusal;

/** Counts refused public calls: with what was counted they balance what was received. */
@ApplicationScoped
class RefusalMetrics {
  private static final String PREFIX = "/v1/sites/";

  private final MeterRegistry registry;

  RefusalMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  void count(String path, Refusal refusal) {
    registry
        .counter("luot.requests.refused", "call", call(path), "reason", refusal.reason().label())
        .increment();
  }

  /** The known call a path names: labels must not grow with what clients send. */
  private static String call(String path) {
    int end = path.startsWith(PREFIX) ? path.indexOf('/', PREFIX.length()) : -1;
    String call = end < 0 ? "" : path.substring(end + 1);
    return switch (call) {
      case "hits", "heartbeats", "counters", "pages", "pages/top", "rating", "methodology" -> call;
      case "hit.gif" -> "hits";
      default -> "other";
    };
  }
}
