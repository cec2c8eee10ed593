package vn.luot.flush;

import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.CompositeException;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import vn.luot.connection.Unis;
import vn.luot.flush.day.Days;
import vn.luot.flush.day.FlushConfig;
import vn.luot.live.Epochs;
import vn.luot.live.RedisClock;
import vn.luot.live.redis.Keys;
import vn.luot.live.redis.RedisCommands;
import vn.luot.live.redis.Script;
import vn.luot.register.SiteDay;
import vn.luot.site.Period;

/** Deletes from Redis the days that are over and wholly flushed. */
@Singleton
public record DayClearing(
    RedisCommands redis, Days days, FlushConfig config, RedisClock clock, Epochs epochs) {
  /** No zone has its day end later. */
  private static final ZoneId LAST_ZONE = ZoneOffset.ofHours(-12);

  private static final Script DROP = Script.named("drop_day");

  @Scheduled(
      every = "{luot.flush.clear-every}",
      delayed = "10s",
      concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> clear() {
    return Unis.each(Keys.buckets(), 1, this::clear)
        .plug(Unis.orNull(e -> Log.warnf("Days that are over could not be cleared: %s", first(e))));
  }

  /** While Redis is down all buckets fail alike. */
  private static Throwable first(Throwable failure) {
    return failure instanceof CompositeException all ? all.getCauses().get(0) : failure;
  }

  private Uni<Void> clear(int bucket) {
    return drop(bucket, day -> clock.millis() > droppedFrom(day), false);
  }

  /** Drops the days of a site that is gone; true when none is left, all of them being flushed. */
  public Uni<Boolean> clearSite(int site) {
    int bucket = Keys.bucket(site);
    return drop(bucket, day -> day.site() == site, true)
        .flatMap(done -> redis.run(Command.UNLINK, Keys.state(site)))
        .flatMap(done -> days.kept(bucket))
        .map(kept -> kept.stream().noneMatch(day -> day.site() == site));
  }

  /** The first day of a site that Redis still holds; null where it holds none. */
  public Uni<LocalDate> earliestDay(int site) {
    return days.kept(Keys.bucket(site))
        .map(
            kept ->
                kept.stream()
                    .filter(day -> day.site() == site)
                    .map(SiteDay::day)
                    .min(LocalDate::compareTo)
                    .orElse(null));
  }

  private Uni<Void> drop(int bucket, Predicate<SiteDay> which, boolean early) {
    return days.kept(bucket)
        .flatMap(
            kept ->
                Unis.inTurn(kept.stream().filter(which).toList(), day -> drop(day, kept, early)));
  }

  /**
   * When it is over everywhere on earth: a site that moves to another time zone must not reopen a
   * dropped day. Redis's own clock decides.
   */
  private long droppedFrom(SiteDay day) {
    return Period.startOf(day.day().plusDays(1), LAST_ZONE) + config.keepDays().toMillis();
  }

  /** Its shards in chunks, then the rest; as long as nothing of it waits to be flushed. */
  private Uni<Void> drop(SiteDay day, List<SiteDay> all, boolean early) {
    return days.shards(day)
        .flatMap(
            shards ->
                Multi.createFrom()
                    .iterable(Script.chunks(shards))
                    .onItem()
                    .transformToUniAndConcatenate(chunk -> drop(day, chunk, early, List.of()))
                    .onCompletion()
                    .switchTo(() -> dropRest(day, all, early).toMulti())
                    .select()
                    .first(dropped -> dropped)
                    .collect()
                    .last())
        .replaceWithVoid();
  }

  /** The distinct visitors belong to all epochs of the day: any of them may wait for a flush. */
  private Uni<Boolean> dropRest(SiteDay day, List<SiteDay> all, boolean early) {
    List<String> visitors =
        all.stream()
            .filter(other -> other.site() == day.site() && other.day().equals(day.day()))
            .map(Days::visitorsMark)
            .toList();
    List<String> keys =
        List.of(Keys.shards(day), Keys.referrers(day), Keys.visitors(day.site(), day.day()));
    return drop(day, keys, early, visitors);
  }

  private Uni<Boolean> drop(SiteDay day, List<String> its, boolean early, List<String> visitors) {
    List<String> keys = new ArrayList<>();
    keys.add(Keys.days(Keys.bucket(day.site())));
    keys.add(Keys.dirty(Keys.bucket(day.site())));
    keys.add(Keys.day(day));
    keys.add(Keys.dirtyPages(day));
    keys.add(epochs.key(day.site()));
    keys.addAll(its);
    List<Object> marks = new ArrayList<>();
    marks.addAll(List.of(day.mark(), droppedFrom(day), early ? 1 : 0));
    marks.addAll(visitors);
    return redis.run(DROP, keys, marks).map(dropped -> dropped.toInteger() == 1);
  }
}
