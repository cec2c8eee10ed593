package vn.luot.flush;

import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import vn.luot.connection.Unis;
import vn.luot.flush.day.Days;
import vn.luot.flush.day.Days.FlushKeys;
import vn.luot.flush.day.FlushConfig;
import vn.luot.flush.day.FlushMarks;
import vn.luot.live.RedisClock;
import vn.luot.live.record.CastVote.VoteKeys;
import vn.luot.live.redis.Keys;
import vn.luot.live.redis.LoopConnection;
import vn.luot.live.redis.RedisCommands;
import vn.luot.live.redis.Script;
import vn.luot.register.SiteDay;

/**
 * Has everything that Redis still holds flushed once more, clean or not: now and then, and at once
 * when PostgreSQL is not the same start as before, since it may be an older copy of itself. Merging
 * by maximum makes that harmless.
 */
@Singleton
record FlushAgain(
    RedisCommands redis,
    Days days,
    FlushMarks marks,
    Pool pool,
    FlushConfig config,
    RedisClock clock) {
  private static final Script MARK = Script.named("mark_day");

  /** Microseconds of Unix time. A PostgreSQL that runs on lacks nothing it had committed. */
  private static final String START =
      "SELECT extract(epoch FROM pg_postmaster_start_time()) * 1000000";

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
                    .plug(
                        Unis.orNull(
                            e -> Log.warnf("Older registers are not marked: %s", e.getMessage()))));
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
    return Unis.inTurn(
        Keys.ofAllBuckets(VoteKeys::ratingsFrom),
        key -> redis.run(Script.THOUGH_FULL, List.of(key), List.of("SET", now)));
  }

  private Uni<Seen> seen() {
    return redis
        .run(Command.GET, FlushKeys.postgres())
        .map(stored -> stored == null ? 0 : stored.toLong())
        .flatMap(last -> startNow().map(now -> new Seen(last, now)));
  }

  private Uni<Long> startNow() {
    return pool.query(START)
        .execute()
        .map(rows -> rows.iterator().next().getLong(0))
        .plug(Unis.within(config.giveUpAfter()));
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
    return redis
        .run(unlessSet ? turn.arg("NX") : turn)
        .map(taken -> taken != null)
        .onFailure(LoopConnection::isAnswer)
        .recoverWithItem(false);
  }

  private Uni<Void> mark() {
    return Unis.inTurn(
        Keys.buckets(), bucket -> days.kept(bucket).flatMap(kept -> Unis.inTurn(kept, this::mark)));
  }

  private Uni<Void> mark(SiteDay day) {
    return days.shards(day)
        .flatMap(
            shards ->
                // At least once: the hours are marked even where there are no pages.
                Unis.inTurn(
                    shards.isEmpty() ? List.of(shards) : Script.chunks(shards),
                    chunk -> mark(day, chunk)));
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
    return redis.run(MARK, keys, List.of(day.mark()));
  }

  /**
   * As soon as all is marked: marks stay until they are flushed. Marked anew whenever a flush is
   * broken off, a Redis that holds more than one flush gets through would never be flushed.
   */
  private Uni<Void> remember(Seen seen) {
    if (!seen.isAnotherStart()) {
      return nothing();
    }
    return redis
        .run(Command.SET, FlushKeys.postgres(), seen.now)
        .onFailure(LoopConnection::isAnswer)
        .recoverWithNull()
        .replaceWithVoid();
  }

  private static Uni<Void> nothing() {
    return Uni.createFrom().voidItem();
  }
}
