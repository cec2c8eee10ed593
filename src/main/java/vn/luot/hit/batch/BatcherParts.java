package vn.luot.hit.batch;

import jakarta.inject.Singleton;
import vn.luot.admission.NewPages;
import vn.luot.direct.DirectCounts;
import vn.luot.live.record.RecordHits;
import vn.luot.live.record.SeenVisitors;
import vn.luot.live.redis.LiveConfig;
import vn.luot.live.redis.RedisTopology;
import vn.luot.live.redis.Replication;
import vn.luot.quarantine.Bursts;

/** What every batcher of a pod shares. */
@Singleton
record BatcherParts(
    LiveConfig config,
    RecordHits recordHits,
    SeenVisitors seen,
    HitMetrics metrics,
    Replication replication,
    DirectCounts direct,
    Bursts bursts,
    NewPages newPages,
    RedisTopology topology) {}
