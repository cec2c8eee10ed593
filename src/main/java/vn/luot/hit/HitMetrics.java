package vn.luot.hit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.TimeUnit;

/** What operators see of the way from a hit to Redis. */
@ApplicationScoped
class HitMetrics {
  private final Counter counted;
  private final Counter unanswered;
  private final Counter repeated;
  private final DistributionSummary batchSize;
  private final Timer redis;

  HitMetrics(MeterRegistry registry) {
    counted = registry.counter("luot.hits.counted");
    unanswered = registry.counter("luot.hits.counted.unanswered");
    repeated = registry.counter("luot.batches.repeated");
    batchSize = registry.summary("luot.batch.hits");
    redis = registry.timer("luot.batch.redis");
  }

  /** {@code again}: an earlier attempt had recorded the batch, and its answer was lost. */
  void recorded(Batch batch, boolean again) {
    (batch.givenUp ? unanswered : counted).increment(batch.views());
    batchSize.record(batch.hits.size());
    if (again) {
      repeated.increment();
    }
  }

  void redisAnswered(long nanos) {
    redis.record(nanos, TimeUnit.NANOSECONDS);
  }
}
