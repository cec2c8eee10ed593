package vn.luot.hit.batch;

import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import vn.luot.connection.EventLoop;
import vn.luot.live.SiteNumbers;
import vn.luot.live.redis.LoopRedis;

/** The batcher of each event loop. */
@Singleton
public class HitBatchers {
  private final Map<Thread, HitBatcher> byLoop = new ConcurrentHashMap<>();
  private final LoopRedis redis;
  private final BatcherParts parts;

  HitBatchers(LoopRedis redis, BatcherParts parts) {
    this.redis = redis;
    this.parts = parts;
  }

  /** The same on connections of their own, with metrics that nobody reads: Redis counts nothing. */
  public HitBatchers uncounted() {
    return new HitBatchers(redis, parts.uncounted());
  }

  /** Nobody waits for an answer any more. */
  public void close() {
    byLoop.values().forEach(HitBatcher::close);
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
