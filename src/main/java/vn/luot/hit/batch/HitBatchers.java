package vn.luot.hit.batch;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import vn.luot.admission.NewPages;
import vn.luot.connection.EventLoop;
import vn.luot.direct.DirectCounts;
import vn.luot.live.SiteNumbers;
import vn.luot.live.record.RecordHits;
import vn.luot.live.record.SeenVisitors;
import vn.luot.live.redis.LiveConfig;
import vn.luot.live.redis.LoopRedis;
import vn.luot.live.redis.RedisTopology;
import vn.luot.live.redis.Replication;
import vn.luot.quarantine.Bursts;

/** The batcher of each event loop. */
@ApplicationScoped
public class HitBatchers {
  private final LoopRedis redis;
  private final BatcherParts parts;
  private final Map<Thread, HitBatcher> byLoop = new ConcurrentHashMap<>();

  HitBatchers(
      LoopRedis redis,
      LiveConfig config,
      RecordHits recordHits,
      SeenVisitors seen,
      HitMetrics metrics,
      Replication replication,
      DirectCounts direct,
      Bursts bursts,
      NewPages newPages,
      RedisTopology topology) {
    this.redis = redis;
    this.parts =
        new BatcherParts(
            config, recordHits, seen, metrics, replication, direct, bursts, newPages, topology);
  }

  /**
   * Counts a hit, or fails with a {@code Refusal}: then it is counted once or not at all. To be
   * called on an event loop; completes there.
   */
  public CompletionStage<SiteNumbers> count(Hit hit) {
    WaitingHit waiting = new WaitingHit(hit, System.nanoTime());
    HitBatcher batcher = byLoop.get(Thread.currentThread());
    (batcher == null ? makeBatcher() : batcher).add(waiting);
    return waiting.answer;
  }

  private HitBatcher makeBatcher() {
    HitBatcher made = new HitBatcher(parts, redis, EventLoop.current());
    byLoop.put(Thread.currentThread(), made);
    return made;
  }
}
