package vn.luot.flush;

import io.quarkus.logging.Log;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import vn.luot.flush.day.Days;
import vn.luot.flush.day.FlushConfig;
import vn.luot.flush.day.FlushKeys;
import vn.luot.flush.day.FlushMarks;
import vn.luot.live.Keys;
import vn.luot.live.RedisClock;
import vn.luot.live.redis.Futures;
import vn.luot.live.redis.LoopConnection;
import vn.luot.live.redis.RedisCommands;
import vn.luot.live.redis.Script;
import vn.luot.live.vote.VoteKeys;
import vn.luot.register.SiteDay;
import vn.luot.total.PostgresStart;

/**
 * Has everything that Redis still holds flushed once more, clean or not: now and then, and at once
 * when PostgreSQL is not the same start as before, since it may be an older copy of itself. Merging
 * by maximum makes that harmless.
 */
@ApplicationScoped
class FlushAgain {
  /** Bounds how long one call keeps Redis busy. */
  private static final int SHARDS_AT_ONCE = 64;

  private final Script mark = Script.named("mark_day");
  private final RedisCommands redis;
  private final Days days;
  private final FlushMarks marks;
  private final PostgresStart start;
  private final FlushConfig config;
  private final RedisClock clock;

  FlushAgain(
      RedisCommands redis,
      Days days,
      FlushMarks marks,
      PostgresStart start,
      FlushConfig config,
      RedisClock clock) {
    this.marks = marks;
    this.redis = redis;
    this.days = days;
    this.start = start;
    this.config = config;
    this.clock = clock;
  }

  /**
   * Which start of PostgreSQL a flush begins in.
   *
   * @param last the last one, as Redis has it, that everything was marked in
   */
  private record Seen(long last, long now) {
    boolean isAnotherStart() {
      return now != last;
    }
  }

  /**
   * To be called before a flush, which goes on where marking did not succeed. Where PostgreSQL
   * cannot be asked it fails: a flush that went on would be for nothing, or all of it be marked
   * anew by the next one.
   */
  Uni<Void> markWhereNeeded() {
    return seen()
        .flatMap(
            seen ->
                markIfDue(seen)
                    .onFailure()
                    .invoke(e -> Log.warnf("Older registers are not marked: %s", e.getMessage()))
                    .onFailure()
                    .recoverWithNull());
  }

  private Uni<Void> markIfDue(Seen seen) {
    Uni<Void> first =
        seen.isAnotherStart() ? marks.trustAny().flatMap(done -> readRatingsAnew()) : nothing();
    return first
        .flatMap(done -> isDue(seen))
        .flatMap(due -> due ? mark().flatMap(done -> remember(seen)) : nothing());
  }

  /**
   * An older PostgreSQL has fewer votes: what Redis copied of its ratings is not right any more.
   */
  private Uni<Void> readRatingsAnew() {
    long now = TimeUnit.MILLISECONDS.toMicros(clock.millis());
    return Multi.createFrom()
        .iterable(Keys.ofAllBuckets(VoteKeys::ratingsFrom))
        .onItem()
        .transformToUniAndConcatenate(key -> send(Request.cmd(Command.SET).arg(key).arg(now)))
        .collect()
        .last()
        .replaceWithVoid();
  }

  private Uni<Seen> seen() {
    return send(Request.cmd(Command.GET).arg(FlushKeys.postgres()))
        .map(stored -> stored == null ? 0 : stored.toLong())
        .flatMap(last -> startNow().map(now -> new Seen(last, now)));
  }

  private Uni<Long> startNow() {
    return start.read().ifNoItem().after(config.giveUpAfter()).fail();
  }

  private Uni<Boolean> isDue(Seen seen) {
    if (seen.isAnotherStart()) {
      Log.info("PostgreSQL was started or replaced: everything in Redis is flushed again");
      // Once more soon: a flush of before may still confirm what the new one has not.
      return repeatAfter(config.giveUpAfter().multipliedBy(4), false).replaceWith(true);
    }
    return repeatAfter(config.repeatEvery(), true);
  }

  /** Whether nobody else had set when it is next due; {@code unlessSet} keeps what was set. */
  private Uni<Boolean> repeatAfter(Duration delay, boolean unlessSet) {
    Request turn =
        Request.cmd(Command.SET).arg(FlushKeys.repeated()).arg(1).arg("PX").arg(delay.toMillis());
    // A full Redis has no room for marks, and everything else goes first.
    return send(unlessSet ? turn.arg("NX") : turn)
        .map(taken -> taken != null)
        .onFailure(LoopConnection::isAnswer)
        .recoverWithItem(false);
  }

  private Uni<Void> mark() {
    return Multi.createFrom()
        .range(0, Keys.BUCKETS)
        .onItem()
        .transformToUniAndConcatenate(days::kept)
        .onItem()
        .<SiteDay>disjoint()
        .onItem()
        .transformToUniAndConcatenate(this::mark)
        .collect()
        .last()
        .replaceWithVoid();
  }

  private Uni<Void> mark(SiteDay day) {
    return days.shards(day)
        .flatMap(
            shards ->
                Multi.createFrom()
                    // At least once: the hours are marked even where there are no pages.
                    .range(0, Math.max(1, (shards.size() + SHARDS_AT_ONCE - 1) / SHARDS_AT_ONCE))
                    .onItem()
                    .transformToUniAndConcatenate(at -> mark(day, chunk(shards, at)))
                    .collect()
                    .last()
                    .replaceWithVoid());
  }

  private static List<String> chunk(List<String> shards, int at) {
    int from = at * SHARDS_AT_ONCE;
    return shards.subList(from, Math.min(from + SHARDS_AT_ONCE, shards.size()));
  }

  private Uni<Response> mark(SiteDay day, List<String> shards) {
    List<String> keys = new ArrayList<>();
    keys.add(Keys.dirty(Keys.bucket(day.site())));
    keys.add(Keys.days(Keys.bucket(day.site())));
    keys.add(Keys.day(day));
    keys.add(Keys.dirtyPages(day));
    keys.add(Keys.visitors(day.site(), day.day()));
    keys.add(Keys.referrers(day));
    keys.addAll(shards);
    return Futures.uni(() -> mark.call(redis::send, keys, List.of(day.mark())));
  }

  /**
   * As soon as all is marked: marks stay until they are flushed. Marked anew whenever a flush is
   * broken off, a Redis that holds more than one flush gets through would never be flushed.
   */
  private Uni<Void> remember(Seen seen) {
    if (!seen.isAnotherStart()) {
      return nothing();
    }
    return send(Request.cmd(Command.SET).arg(FlushKeys.postgres()).arg(seen.now))
        .onFailure(LoopConnection::isAnswer)
        .recoverWithNull()
        .replaceWithVoid();
  }

  private static Uni<Void> nothing() {
    return Uni.createFrom().voidItem();
  }

  private Uni<Response> send(Request request) {
    return Futures.uni(() -> redis.send(request));
  }
}
