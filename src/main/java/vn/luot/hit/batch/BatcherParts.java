package vn.luot.hit.batch;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;
import vn.luot.admission.NewPages;
import vn.luot.direct.DirectCounts;
import vn.luot.live.record.RecordHits;
import vn.luot.live.record.SeenVisitors;
import vn.luot.live.redis.LiveConfig;
import vn.luot.live.redis.RedisTopology;
import vn.luot.live.redis.Replication;
import vn.luot.quarantine.Bursts;

/**
 * What every batcher of a pod shares.
 *
 * @param direct null where nothing is to be counted: Redis only reads
 */
@Singleton
record BatcherParts(
    LiveConfig config,
    RecordHits recordHits,
    SeenVisitors seen,
    HitMetrics metrics,
    Replication replication,
    @Nullable DirectCounts direct,
    Bursts bursts,
    NewPages newPages,
    RedisTopology topology) {
  boolean counts() {
    return direct != null;
  }

  BatcherParts uncounted() {
    HitMetrics unread = new HitMetrics(new SimpleMeterRegistry());
    return new BatcherParts(
        config, recordHits, seen, unread, replication, null, bursts, newPages, topology);
  }
}
