package vn.luot.hit.batch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import vn.luot.connection.EventLoop;
import vn.luot.live.redis.LoopConnection;
import vn.luot.live.redis.LoopRedis;
import vn.luot.refusal.Reason;
import vn.luot.refusal.Refusal;

/**
 * Brings the hits of one event loop to Redis, in batches.
 *
 * <p>Hits that arrive while a batch is on its way form the next one (group commit), so batches grow
 * with the load and a lone hit waits for nothing. A further batch leaves beside the one on its way
 * where that many hits have gathered: so Redis has always something to do, and the pod prepares
 * what comes next meanwhile. All of it runs on its loop: no locks.
 */
final class HitBatcher {
  private static final long TICK_MILLIS = 100;

  private static final long QUIET_CHECK_MILLIS = 2_000;

  private final BatcherParts parts;
  private final EventLoop loop;
  private final LoopConnection link;
  private final List<Writer> writers;
  private final Queue<WaitingHit> waiting = new ArrayDeque<>();
  private final List<Runnable> timers;
  private boolean sending;

  HitBatcher(BatcherParts parts, LoopRedis redis, EventLoop loop) {
    this.parts = parts;
    this.loop = loop;
    this.link = new LoopConnection(redis, parts.replication(), loop);
    this.writers =
        IntStream.range(0, parts.config().batchesAtOnce())
            .mapToObj(i -> new Writer(parts, link, this::sendNext))
            .toList();
    this.timers =
        List.of(
            loop.runEvery(TICK_MILLIS, this::refuseTheLate),
            loop.runEvery(QUIET_CHECK_MILLIS, link::keepAlive));
  }

  /** Nobody waits for an answer any more. */
  void close() {
    loop.run(
        () -> {
          timers.forEach(Runnable::run);
          link.close();
        });
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
    for (Writer writer : writers) {
      if (writer.isStuck()) {
        return true;
      }
    }
    return false;
  }

  /**
   * After what this turn of the loop has read: the hits of many connections leave together, and a
   * lone one waits for nothing.
   */
  private void sendSoon() {
    if (!sending && nextWriter() != null) {
      sending = true;
      loop.runAfterThisTurn(this::sendNext);
    }
  }

  private void sendNext() {
    sending = false;
    for (Writer writer = nextWriter(); writer != null; writer = nextWriter()) {
      writer.send(take());
    }
  }

  /** The one to send what is waiting; null where that waits for more, or for a writer. */
  private @Nullable Writer nextWriter() {
    Writer free = null;
    boolean allFree = true;
    for (Writer writer : writers) {
      if (!writer.isFree()) {
        allFree = false;
      } else if (free == null) {
        free = writer;
      }
    }
    int enough = allFree ? 1 : parts.config().batchBeside();
    return waiting.size() >= enough ? free : null;
  }

  private List<WaitingHit> take() {
    List<WaitingHit> taken = new ArrayList<>();
    int most = parts.config().batchSize();
    while (taken.size() < most && !waiting.isEmpty()) {
      taken.add(waiting.poll());
    }
    return taken;
  }

  private void refuseTheLate() {
    long now = System.nanoTime();
    boolean late = false;
    for (Writer writer : writers) {
      late |= writer.refuseTheLate(now);
    }
    if (late) {
      waiting.forEach(hit -> hit.neverSent(parts.direct()));
      waiting.clear();
    }
  }
}
