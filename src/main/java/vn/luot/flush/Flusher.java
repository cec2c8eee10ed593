package vn.luot.flush;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.stream.Collectors;
import vn.luot.connection.Unis;
import vn.luot.flush.day.Chunk.Pace;
import vn.luot.flush.day.Days;
import vn.luot.flush.day.Days.FlushKeys;
import vn.luot.flush.day.FlushConfig;
import vn.luot.flush.day.FlushMarks;
import vn.luot.live.RedisClock;
import vn.luot.live.record.CastVote.VoteKeys;
import vn.luot.live.redis.Keys;
import vn.luot.live.redis.LoopConnection;
import vn.luot.live.redis.RedisCommands;
import vn.luot.live.redis.RedisTopology;
import vn.luot.register.Kind;

/**
 * Takes everything dirty in Redis to PostgreSQL.
 *
 * <p>It moves states, not differences: registers are merged by maximum, so a flush that is broken
 * off, repeated or run by two pods at once adds nothing. Names go first, then pages, then hours,
 * whose confirmation says that the day is clean.
 *
 * <p>They are read one after the other while hits come in. Where Redis loses data that were not
 * flushed, the sum of a site and that of its pages may stay apart, for that epoch, by what was
 * counted between the two readings; neither is above the truth. One reading of both at one moment
 * would have to declare every page of the day to a script; and making them equal afterwards would
 * count twice what an old epoch that is still in Redis brings later.
 */
@Singleton
public record Flusher(
    RedisCommands redis,
    RedisTopology topology,
    Days days,
    FlushNames names,
    FlushRegisters registers,
    FlushVisitors visitors,
    FlushVotes votes,
    FlushAgain again,
    FlushMarks marks,
    FlushMetrics metrics,
    FlushConfig config,
    RedisClock clock,
    Vertx vertx) {
  private static final int AT_ONCE = 4;

  /**
   * Everything that was dirty when this began is in PostgreSQL when it completes, but distinct
   * visitors where they are not due, and what a Redis that took over half way has from the other.
   */
  public Uni<Void> flush() {
    long begin = clock.millis();
    // Redis's clock may have gone back.
    boolean withVisitors =
        Math.abs(begin - metrics.visitorsFlushedAt()) >= config.visitorsEvery().toMillis();
    return again
        .markWhereNeeded()
        .flatMap(done -> flushDirty(withVisitors))
        .flatMap(done -> remember(begin))
        .invoke(() -> metrics.ended(begin, withVisitors));
  }

  private Uni<?> flushDirty(boolean withVisitors) {
    return days.dirty()
        .map(all -> all.stream().filter(day -> withVisitors || day.registers()).toList())
        .call(marks::leave)
        .flatMap(
            dirty ->
                measure(dirty)
                    .invoke(metrics::unflushed)
                    .flatMap(waiting -> flush(dirty, withVisitors, pace(waiting))));
  }

  private Uni<?> flush(List<Days.Dirty> dirty, boolean withVisitors, Pace pace) {
    return Uni.join().all(flushDays(dirty, withVisitors, pace), flushVotes()).andCollectFailures();
  }

  /**
   * A merge keeps PostgreSQL busy for as long as its chunk is large, and on a machine that the
   * stores share with pods, hits wait for a core meanwhile. What waits in everyday operation is
   * taken in small chunks with rests between; where much waits, catching up matters more.
   */
  Pace pace(int waiting) {
    long rest = config.gentleRest().toMillis();
    return waiting > config.gentleUpTo() || rest == 0
        ? new Pace(config.batchSize())
        : new Pace(
            config.gentleBatchSize(), () -> Unis.of(() -> vertx.timer(rest)).replaceWithVoid());
  }

  /** As {@link #flush()}, for one site. */
  public Uni<Void> flush(int site) {
    return days.dirty(site)
        .call(marks::leave)
        .flatMap(
            dirty ->
                Uni.join()
                    .all(
                        flushDays(dirty, true, new Pace(config.batchSize())), votes.flushSite(site))
                    .andCollectFailures())
        .replaceWithVoid();
  }

  /** How many registers wait to be flushed, those of visitors, referrers and votes aside. */
  public Uni<Integer> unflushed() {
    return days.dirty().flatMap(this::measure);
  }

  private Uni<Integer> measure(List<Days.Dirty> dirty) {
    return Multi.createFrom()
        .iterable(dirty)
        .onItem()
        .transformToUni(registers::dirty)
        .merge(AT_ONCE)
        .collect()
        .with(Collectors.summingInt(Integer::intValue));
  }

  private Uni<Void> flushDays(List<Days.Dirty> dirty, boolean withVisitors, Pace pace) {
    return Unis.each(dirty, AT_ONCE, day -> flush(day, withVisitors, pace));
  }

  private Uni<Void> flushVotes() {
    return votesWait()
        .flatMap(
            wait ->
                wait
                    ? Unis.each(Keys.buckets(), AT_ONCE, votes::flush)
                    : Uni.createFrom().voidItem());
  }

  private Uni<Boolean> votesWait() {
    if (topology.isCluster()) {
      return Uni.createFrom().item(true);
    }
    return redis
        .run(Command.EXISTS, Keys.ofAllBuckets(VoteKeys::dirtyRatings).toArray())
        .map(found -> found.toInteger() > 0);
  }

  private Uni<Void> flush(Days.Dirty dirty, boolean withVisitors, Pace pace) {
    Uni<Void> flushed = names.flush(dirty.day().site(), pace);
    for (Kind kind : Kind.values()) {
      flushed = flushed.chain(() -> registers.flush(kind, dirty, pace));
    }
    return dirty.visitors() && withVisitors
        ? flushed.chain(() -> visitors.flush(dirty.day()).plug(Unis.within(config.giveUpAfter())))
        : flushed;
  }

  private Uni<Void> remember(long begin) {
    return redis
        .run(Command.SET, FlushKeys.flushed(), begin)
        .onFailure(LoopConnection::isAnswer)
        .recoverWithNull()
        .replaceWithVoid();
  }
}
