package vn.luot.hit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.TimeUnit;
import vn.luot.live.RecordHits.Outcome;

/** What operators see of the way from a hit to Redis. */
@ApplicationScoped
class HitMetrics {
  private final Counter counted;
  private final Counter unanswered;
  private final Counter repeatedViews;
  private final Counter bots;
  private final Counter repeated;
  private final DistributionSummary batchSize;
  private final Timer redis;

  HitMetrics(MeterRegistry registry) {
    counted = registry.counter("luot.hits.counted");
    unanswered = registry.counter("luot.hits.counted.unanswered");
    repeatedViews = registry.counter("luot.hits.repeated");
    bots = registry.counter("luot.hits.bots");
    repeated = registry.counter("luot.batches.repeated");
    batchSize = registry.summary("luot.batch.hits");
    redis = registry.timer("luot.batch.redis");
  }

  /**
   * Every hit received ends as refused, counted, repeated or a robot's, and as one of them only: of
   * a batch that was given up all hits were refused.
   */
  void recorded(Batch batch, Outcome outcome) {
    long views = batch.views() - outcome.repeatedViews();
    if (batch.givenUp) {
      unanswered.increment(views);
    } else {
      counted.increment(views);
      repeatedViews.increment(batch.repeated() + outcome.repeatedViews());
      bots.increment(batch.bots());
    }
    batchSize.record(batch.hits.size());
    if (outcome.repeated()) {
      // An earlier attempt had recorded the batch, and its answer was lost.
      repeated.increment();
    }
  }

  void redisAnswered(long nanos) {
    redis.record(nanos, TimeUnit.NANOSECONDS);
  }
}
