package vn.luot.hit;

import io.quarkus.logging.Log;
import io.vertx.core.impl.ContextInternal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import vn.luot.live.Keys;
import vn.luot.live.Link;
import vn.luot.live.LoopRedis;
import vn.luot.live.RecordHits;
import vn.luot.refusal.Reason;
import vn.luot.refusal.Refusal;

/**
 * Brings the hits of one event loop to Redis, one batch at a time.
 *
 * <p>Hits that arrive while a batch is on its way form the next one (group commit), so batches grow
 * with the load and a lone hit waits for nothing. All of it runs on its loop: no locks.
 *
 * <p>A batch of unknown outcome is sent again under the same sequence, to the same Redis, and only
 * while its epoch lasts; the script counts a sequence once. The next batch leaves when this one is
 * settled, so a sequence is never overtaken.
 */
final class HitBatcher {
  private static final long TICK_MILLIS = 100;

  private static final long QUIET_CHECK_MILLIS = 2_000;

  private final BatcherParts parts;
  private final ContextInternal loop;
  private final Link link;
  private final String writer = UUID.randomUUID().toString();
  private final Queue<WaitingHit> waiting = new ArrayDeque<>();
  private final long answerWithin;
  private long sequence;
  private List<Batch> onTheWay = List.of();
  private int unsettled;
  private boolean sending;

  HitBatcher(BatcherParts parts, LoopRedis redis, ContextInternal loop) {
    this.parts = parts;
    this.loop = loop;
    this.link = new Link(redis, parts.replication(), loop);
    this.answerWithin = parts.config().answerWithin().toNanos();
    loop.setPeriodic(TICK_MILLIS, tick -> refuseTheLate());
    loop.setPeriodic(QUIET_CHECK_MILLIS, tick -> link.keepAlive());
  }

  void add(WaitingHit hit) {
    if (link.isBroken() || isStuck()) {
      hit.neverSent(parts.direct());
    } else if (waiting.size() >= parts.config().queueSize()) {
      hit.answer.completeExceptionally(
          Refusal.forNow(Reason.OVERLOADED, "Too many hits are waiting for Redis; send it later."));
    } else {
      waiting.add(hit);
      sendSoon();
    }
  }

  /** A Redis that has not answered for so long would keep everybody else waiting as well. */
  private boolean isStuck() {
    return unsettled > 0 && onTheWay.get(0).givenUp;
  }

  /**
   * After what this turn of the loop has read: the hits of many connections leave together, and a
   * lone one waits for nothing.
   */
  private void sendSoon() {
    if (unsettled == 0 && !sending) {
      sending = true;
      loop.nettyEventLoop().execute(this::sendNext);
    }
  }

  private void sendNext() {
    sending = false;
    if (unsettled > 0 || waiting.isEmpty()) {
      return;
    }
    onTheWay = batches(take());
    unsettled = onTheWay.size();
    onTheWay.forEach(this::send);
  }

  /** One batch, or in a Redis Cluster one for each bucket: a script stays within one node. */
  private List<Batch> batches(List<WaitingHit> hits) {
    Map<Integer, Batch> byBucket = new LinkedHashMap<>();
    for (WaitingHit waiting : hits) {
      int bucket = parts.cluster() ? Keys.bucket(waiting.hit.site().id()) : 0;
      byBucket.computeIfAbsent(bucket, b -> new Batch(++sequence)).add(waiting, parts.seen());
    }
    return List.copyOf(byBucket.values());
  }

  private List<WaitingHit> take() {
    List<WaitingHit> taken = new ArrayList<>();
    int most = parts.config().batchSize();
    while (taken.size() < most && !waiting.isEmpty()) {
      taken.add(waiting.poll());
    }
    return taken;
  }

  private void send(Batch batch) {
    link.connected()
        .onSuccess(
            up -> {
              if (batch.givenUp) {
                settleAsNotStored(batch);
              } else {
                attempt(batch);
              }
            });
  }

  private void attempt(Batch batch) {
    long begin = System.nanoTime();
    batch.sent = true;
    parts
        .recordHits()
        .send(link::send, writer, batch.sequence, batch.sites, batch.inDoubt)
        .onSuccess(
            outcome -> {
              parts.metrics().redisAnswered(System.nanoTime() - begin);
              answered(batch, outcome);
            })
        .onFailure(failure -> failed(batch, failure));
  }

  private void answered(Batch batch, RecordHits.Outcome outcome) {
    if (outcome.recorded()) {
      settled();
      parts.metrics().recorded(batch, outcome);
      if (!batch.givenUp) {
        batch.counted(outcome.sites(), parts.seen(), parts.bursts());
      }
    } else if (outcome.epochChanged() && batch.inDoubt) {
      // What the attempt in doubt may have recorded belongs to the ended epoch.
      settleAsNotStored(batch);
    } else {
      sendAgain(batch);
    }
  }

  private void failed(Batch batch, Throwable failure) {
    if (Link.isAnswer(failure)) {
      Log.warnf("Redis refused a batch of hits: %s", failure.getMessage());
      settleAsNotStored(batch);
    } else {
      batch.inDoubt = true;
      sendAgain(batch);
    }
  }

  private void sendAgain(Batch batch) {
    if (batch.givenUp || System.nanoTime() - batch.since() > answerWithin) {
      settleAsNotStored(batch);
    } else {
      send(batch);
    }
  }

  private void settleAsNotStored(Batch batch) {
    settled();
    if (!batch.givenUp) {
      batch.giveUp(parts.direct());
    }
  }

  /** The next one leaves before the answers to this one are written: Redis need not wait. */
  private void settled() {
    unsettled--;
    sendNext();
  }

  private void refuseTheLate() {
    long now = System.nanoTime();
    if (unsettled > 0 && now - onTheWay.get(0).since() > answerWithin) {
      onTheWay.stream()
          .filter(batch -> !batch.givenUp)
          .forEach(batch -> batch.giveUp(parts.direct()));
      waiting.forEach(hit -> hit.neverSent(parts.direct()));
      waiting.clear();
    }
  }
}
