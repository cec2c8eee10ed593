package vn.luot.hit.batch;

import io.quarkus.logging.Log;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import vn.luot.live.record.RecordHits;
import vn.luot.live.record.RecordHits.Remembered;
import vn.luot.live.redis.ErrorAnswer;
import vn.luot.live.redis.LoopConnection;

/**
 * Brings batches to Redis one at a time, each under the next number of its sequence.
 *
 * <p>A batch of unknown outcome is sent again under the same sequence, to the same Redis, and only
 * while its epoch lasts; the script counts a sequence once. The next batch leaves when this one is
 * settled, so a sequence is never overtaken.
 */
final class Writer {
  private static final long LOG_EVERY_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final BatcherParts parts;
  private final LoopConnection link;
  private final Runnable settled;
  private String name = UUID.randomUUID().toString();
  private final long answerWithin;
  private final Map<Integer, Recorded> recorded = new HashMap<>();
  private final long forgottenAfter;
  private long sequence;
  private List<Batch> onTheWay = List.of();
  private int unsettled;
  private long refusalLogged = System.nanoTime() - LOG_EVERY_NANOS;

  /** The last batch of a part that Redis said it has recorded, and when it said so. */
  private record Recorded(Remembered last, long at) {}

  /** {@code settled} is told when it may take hits again, before the last ones are answered. */
  public Writer(BatcherParts parts, LoopConnection link, Runnable settled) {
    this.parts = parts;
    this.link = link;
    this.settled = settled;
    this.answerWithin = parts.config().answerWithin().toNanos();
    this.forgottenAfter = parts.config().writerMemory().toNanos() / 2;
  }

  boolean isFree() {
    return unsettled == 0;
  }

  /** Whether Redis has not answered for so long that its hits were refused. */
  boolean isStuck() {
    return unsettled > 0 && onTheWay.get(0).givenUp;
  }

  /** To be called on a free writer. */
  void send(List<WaitingHit> hits) {
    onTheWay = batches(hits);
    unsettled = onTheWay.size();
    onTheWay.forEach(this::send);
  }

  /** One batch, or in a Redis Cluster one for each bucket: a script stays within one node. */
  private List<Batch> batches(List<WaitingHit> hits) {
    Map<Integer, Batch> byPart = new LinkedHashMap<>();
    for (WaitingHit waiting : hits) {
      int part = parts.topology().part(waiting.hit.site().id());
      byPart.computeIfAbsent(part, b -> new Batch(name, nextSequence())).add(waiting, parts.seen());
    }
    return List.copyOf(byPart.values());
  }

  private long nextSequence() {
    return parts.counts() ? ++sequence : RecordHits.RECORDED;
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
    Future<RecordHits.Outcome> sent;
    try {
      batch.sent = true;
      sent =
          parts
              .recordHits()
              .send(
                  link::send,
                  batch.writer,
                  batch.sequence,
                  remembered(batch),
                  batch.sites,
                  batch.inDoubt);
    } catch (RuntimeException unwritable) {
      // It would fail again; and a writer that waits for ever would stop its loop.
      Log.error("A batch of hits cannot be written", unwritable);
      settleAsNotStored(batch);
      return;
    }
    sent.onSuccess(
            outcome -> {
              parts.metrics().redisAnswered(System.nanoTime() - begin);
              answered(batch, outcome);
            })
        .onFailure(failure -> failed(batch, failure));
  }

  private void answered(Batch batch, RecordHits.Outcome outcome) {
    if (outcome.repeated() && !batch.inDoubt && parts.counts()) {
      sendUnderAnotherName(batch);
    } else if (outcome.recorded()) {
      recorded.put(
          part(batch),
          new Recorded(
              new Remembered(outcome.sites().get(0).day().epoch(), batch.sequence),
              System.nanoTime()));
      settle();
      parts.metrics().recorded(batch, outcome);
      if (!batch.givenUp) {
        batch.counted(outcome, parts);
      }
    } else if (outcome.epochChanged() && batch.inDoubt) {
      // What the attempt in doubt may have recorded belongs to the ended epoch.
      settleAsNotStored(batch);
    } else {
      sendAgain(batch);
    }
  }

  /**
   * Redis has recorded others' hits under this sequence: the pod's memory was put back, or a copy
   * of the pod runs too.
   */
  private void sendUnderAnotherName(Batch batch) {
    Log.warn("Redis knows later batches of this pod: its memory was put back, or a copy runs too");
    name = UUID.randomUUID().toString();
    recorded.clear();
    batch.writer = name;
    sendAgain(batch);
  }

  private int part(Batch batch) {
    return parts.topology().part(batch.sites.get(0).site().id());
  }

  /** Nothing where Redis may have forgotten it in good time. */
  private Remembered remembered(Batch batch) {
    Recorded last = recorded.get(part(batch));
    return last != null && System.nanoTime() - last.at < forgottenAfter
        ? last.last
        : Remembered.NOTHING;
  }

  private void failed(Batch batch, Throwable failure) {
    ErrorAnswer answer = ErrorAnswer.of(failure);
    if (answer == null) {
      // What only reads leaves nothing that could be done twice.
      batch.inDoubt = parts.counts();
      sendAgain(batch);
      return;
    }
    if (answer != ErrorAnswer.FAILED) {
      // As if it had never been sent, but for an earlier attempt.
      batch.sent = batch.inDoubt;
    }
    if (answer == ErrorAnswer.MISDIRECTED) {
      sendAgain(batch);
    } else {
      logNowAndThen(failure);
      settleAsNotStored(batch);
    }
  }

  /** A Redis that refuses, refuses hundreds of batches a second. */
  private void logNowAndThen(Throwable refusal) {
    long now = System.nanoTime();
    if (now - refusalLogged > LOG_EVERY_NANOS) {
      refusalLogged = now;
      Log.warnf("Redis refused a batch of hits: %s", refusal.getMessage());
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
    settle();
    if (!batch.givenUp) {
      batch.giveUp(parts.direct());
    }
  }

  /** The next hits leave before the answers to these are written: Redis need not wait. */
  private void settle() {
    unsettled--;
    if (unsettled == 0) {
      settled.run();
    }
  }

  /** Refuses what has been on its way for too long; whether there was any. */
  boolean refuseTheLate(long now) {
    if (unsettled == 0 || now - onTheWay.get(0).since() <= answerWithin) {
      return false;
    }
    onTheWay.stream()
        .filter(batch -> !batch.givenUp)
        .forEach(batch -> batch.giveUp(parts.direct()));
    return true;
  }
}
