package vn.luot.hit.batch;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import vn.luot.live.record.RecordHits.Outcome;

/** What operators see of the way from a hit to Redis. */
@Singleton
class HitMetrics {
  /** A batch takes a Redis nearby about a millisecond, and a hit is refused after a second. */
  private static final Duration[] BUCKETS =
      IntStream.of(1, 2, 5, 10, 25, 50, 100, 250, 500, 1000)
          .mapToObj(Duration::ofMillis)
          .toArray(Duration[]::new);

  private final Counter counted;
  private final Counter unanswered;
  private final Counter repeatedViews;
  private final Counter bots;
  private final Counter quarantined;
  private final Counter repeated;
  private final DistributionSummary batchSize;
  private final Timer redis;

  HitMetrics(MeterRegistry registry) {
    counted = registry.counter("luot.hits.counted");
    unanswered = registry.counter("luot.hits.counted.unanswered");
    repeatedViews = registry.counter("luot.hits.repeated");
    bots = registry.counter("luot.hits.bots");
    quarantined = registry.counter("luot.hits.quarantined");
    repeated = registry.counter("luot.batches.repeated");
    batchSize = registry.summary("luot.batch.hits");
    // Buckets, so that Prometheus can tell percentiles over all pods; a batch is rare beside a hit.
    redis = Timer.builder("luot.batch.redis").serviceLevelObjectives(BUCKETS).register(registry);
  }

  /**
   * Every hit received ends as refused, counted, repeated or a robot's, and as one of them only: of
   * a batch that was given up all hits were refused. Quarantined ones are counted or repeated.
   */
  void recorded(Batch batch, Outcome outcome) {
    long views = batch.views() - outcome.repeatedViews();
    if (batch.givenUp) {
      unanswered.increment(views);
    } else {
      counted.increment(views);
      repeatedViews.increment(batch.repeated() + outcome.repeatedViews());
      bots.increment(batch.bots());
      quarantined.increment(batch.quarantined());
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
