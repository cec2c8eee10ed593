package vn.luot.flush;

import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import vn.luot.live.Futures;
import vn.luot.live.Keys;
import vn.luot.live.RedisClock;
import vn.luot.live.Script;
import vn.luot.live.Store;
import vn.luot.site.Period;
import vn.luot.site.Site;
import vn.luot.site.Sites;

/** Deletes from Redis the days that are over and wholly flushed. */
@ApplicationScoped
class DayClearing {
  /** Where the site is gone: no zone has its day end later. */
  private static final ZoneId LAST_ZONE = ZoneOffset.ofHours(-12);

  private final Script drop = Script.named("drop_day");
  private final Store store;
  private final KeptDays kept;
  private final Sites sites;
  private final FlushConfig config;
  private final RedisClock clock;

  DayClearing(Store store, KeptDays kept, Sites sites, FlushConfig config, RedisClock clock) {
    this.store = store;
    this.kept = kept;
    this.sites = sites;
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
    return kept.of(bucket)
        .flatMap(
            days ->
                Multi.createFrom()
                    .iterable(days)
                    .filter(this::isOver)
                    .onItem()
                    .transformToUniAndConcatenate(this::drop)
                    .collect()
                    .last()
                    .replaceWithVoid());
  }

  private boolean isOver(DirtyDay day) {
    Site site = sites.byId(day.site());
    ZoneId zone = site == null ? LAST_ZONE : site.zone();
    long end = Period.startOf(day.day().plusDays(1), zone);
    return clock.millis() > end + config.keepDays().toMillis();
  }

  private Uni<Void> drop(DirtyDay day) {
    return kept.shards(day)
        .flatMap(
            shards -> {
              List<String> keys = new ArrayList<>();
              keys.add(Keys.days(Keys.bucket(day.site())));
              keys.add(Keys.dirty(Keys.bucket(day.site())));
              keys.add(Keys.day(day.epoch(), day.site(), day.day()));
              keys.add(Keys.dirtyPages(day.epoch(), day.site(), day.day()));
              keys.add(Keys.shards(day.epoch(), day.site(), day.day()));
              keys.add(Keys.visitors(day.site(), day.day()));
              keys.addAll(shards);
              return Futures.uni(() -> drop.call(store::send, keys, List.of(day.mark())));
            })
        .replaceWithVoid();
  }
}
