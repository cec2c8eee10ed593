package vn.luot.flush;

import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import vn.luot.live.Futures;
import vn.luot.live.Keys;
import vn.luot.live.RedisClock;
import vn.luot.live.Script;
import vn.luot.live.Store;
import vn.luot.site.Period;

/** Deletes from Redis the days that are over and wholly flushed. */
@ApplicationScoped
public class DayClearing {
  /** No zone has its day end later. */
  private static final ZoneId LAST_ZONE = ZoneOffset.ofHours(-12);

  private final Script drop = Script.named("drop_day");
  private final Store store;
  private final FlushConfig config;
  private final RedisClock clock;

  DayClearing(Store store, FlushConfig config, RedisClock clock) {
    this.store = store;
    this.config = config;
    this.clock = clock;
  }

  @Scheduled(
      every = "{luot.flush.clear-every}",
      delayed = "10s",
      concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> clear() {
    return Multi.createFrom()
        .range(0, Keys.BUCKETS)
        .onItem()
        .transformToUniAndConcatenate(this::clear)
        .collect()
        .last()
        .replaceWithVoid()
        .onFailure()
        .invoke(e -> Log.warnf("Days that are over could not be cleared: %s", e.getMessage()))
        .onFailure()
        .recoverWithNull();
  }

  private Uni<Void> clear(int bucket) {
    return drop(bucket, this::isOver);
  }

  /** Drops the days of a site that is gone; true when none is left, all of them being flushed. */
  public Uni<Boolean> clearSite(int site) {
    int bucket = Keys.bucket(site);
    return drop(bucket, day -> day.site() == site)
        .flatMap(done -> days(bucket))
        .map(days -> days.stream().noneMatch(day -> day.site() == site));
  }

  /** The first day of a site that Redis still holds; null where it holds none. */
  public Uni<LocalDate> earliestDay(int site) {
    return days(Keys.bucket(site))
        .map(
            days ->
                days.stream()
                    .filter(day -> day.site() == site)
                    .map(DirtyDay::day)
                    .min(LocalDate::compareTo)
                    .orElse(null));
  }

  private Uni<Void> drop(int bucket, Predicate<DirtyDay> which) {
    return days(bucket)
        .flatMap(
            days ->
                Multi.createFrom()
                    .iterable(days)
                    .filter(which)
                    .onItem()
                    .transformToUniAndConcatenate(this::drop)
                    .collect()
                    .last()
                    .replaceWithVoid());
  }

  private Uni<List<DirtyDay>> days(int bucket) {
    return send(Request.cmd(Command.SMEMBERS).arg(Keys.days(bucket))).map(DayClearing::days);
  }

  private static List<DirtyDay> days(Response marks) {
    List<DirtyDay> days = new ArrayList<>();
    for (Response mark : marks) {
      String[] parts = mark.toString().split(":");
      days.add(
          new DirtyDay(
              Long.parseLong(parts[0]),
              Integer.parseInt(parts[1]),
              LocalDate.ofEpochDay(Long.parseLong(parts[2])),
              List.of(),
              false,
              false));
    }
    return days;
  }

  /** Everywhere on earth: a site that moves to another time zone must not reopen a dropped day. */
  private boolean isOver(DirtyDay day) {
    long end = Period.startOf(day.day().plusDays(1), LAST_ZONE);
    return clock.millis() > end + config.keepDays().toMillis();
  }

  /** The shards in use are read first, because a script may only touch keys it was given. */
  private Uni<Void> drop(DirtyDay day) {
    String shards = Keys.shards(day.epoch(), day.site(), day.day());
    return send(Request.cmd(Command.GET).arg(shards))
        .flatMap(
            bitmap -> {
              List<String> keys = new ArrayList<>();
              keys.add(Keys.days(Keys.bucket(day.site())));
              keys.add(Keys.dirty(Keys.bucket(day.site())));
              keys.add(Keys.day(day.epoch(), day.site(), day.day()));
              keys.add(Keys.dirtyPages(day.epoch(), day.site(), day.day()));
              keys.add(shards);
              keys.add(Keys.visitors(day.site(), day.day()));
              keys.add(Keys.referrers(day.epoch(), day.site(), day.day()));
              addShards(day, bitmap, keys);
              return Futures.uni(() -> drop.call(store::send, keys, List.of(day.mark())));
            })
        .replaceWithVoid();
  }

  private static void addShards(DirtyDay day, Response bitmap, List<String> keys) {
    byte[] bits = bitmap == null ? new byte[0] : bitmap.toBytes();
    for (int i = 0; i < bits.length * 8; i++) {
      // Redis numbers bits from the most significant one of the first byte.
      if ((bits[i / 8] >> (7 - i % 8) & 1) == 1) {
        keys.add(Keys.pages(day.epoch(), day.site(), day.day(), i));
      }
    }
  }

  private Uni<Response> send(Request request) {
    return Futures.uni(() -> store.send(request));
  }
}
