package vn.luot.flush;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import vn.luot.live.Futures;
import vn.luot.live.Keys;
import vn.luot.live.LoopConnection;
import vn.luot.live.RedisClock;
import vn.luot.live.RedisTopology;
import vn.luot.live.Store;

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
@ApplicationScoped
public class Flusher {
  private static final int AT_ONCE = 4;

  /** Bounds how long one command keeps Redis busy where very many sites are dirty. */
  private static final int BUCKETS_AT_ONCE = 16;

  private final Store store;
  private final RedisTopology topology;
  private final FlushNames names;
  private final FlushPages pages;
  private final FlushHours hours;
  private final FlushVisitors visitors;
  private final FlushReferrers referrers;
  private final FlushVotes votes;
  private final FlushAgain again;
  private final Strides strides;
  private final FlushMetrics metrics;
  private final FlushConfig config;
  private final RedisClock clock;
  private volatile long visitorsFlushed;

  Flusher(
      Store store,
      RedisTopology topology,
      FlushNames names,
      FlushPages pages,
      FlushHours hours,
      FlushVisitors visitors,
      FlushReferrers referrers,
      FlushVotes votes,
      FlushAgain again,
      Strides strides,
      FlushMetrics metrics,
      FlushConfig config,
      RedisClock clock) {
    this.store = store;
    this.topology = topology;
    this.names = names;
    this.pages = pages;
    this.hours = hours;
    this.visitors = visitors;
    this.referrers = referrers;
    this.votes = votes;
    this.again = again;
    this.strides = strides;
    this.metrics = metrics;
    this.config = config;
    this.clock = clock;
  }

  /**
   * Everything that was dirty when this began is in PostgreSQL when it completes, but distinct
   * visitors where they are not due, and what a Redis that took over half way has from the other.
   */
  public Uni<Void> flush() {
    long begin = clock.millis();
    boolean withVisitors = begin - visitorsFlushed >= config.visitorsEvery().toMillis();
    return again
        .markWhereNeeded()
        .flatMap(done -> flushDirty(withVisitors))
        .flatMap(done -> remember(begin))
        .invoke(() -> visitorsFlushed = withVisitors ? begin : visitorsFlushed);
  }

  private Uni<?> flushDirty(boolean withVisitors) {
    return dirtyDays()
        .flatMap(
            days ->
                measure(days)
                    .invoke(metrics::unflushed)
                    .flatMap(waiting -> flush(days, withVisitors, strides.forSoMuch(waiting))));
  }

  private Uni<?> flush(List<DirtyDay> days, boolean withVisitors, Stride stride) {
    return Uni.join().all(flushDays(days, withVisitors, stride), votes()).andCollectFailures();
  }

  /** As {@link #flush()}, for one site. */
  public Uni<Void> flush(int site) {
    return dirtyDays(List.of(Keys.dirty(Keys.bucket(site))))
        .map(days -> days.stream().filter(day -> day.site() == site).toList())
        .flatMap(
            days ->
                Uni.join()
                    .all(flushDays(days, true, strides.swift()), votes.flushSite(site))
                    .andCollectFailures())
        .replaceWithVoid();
  }

  /** How many registers wait to be flushed, those of visitors, referrers and votes aside. */
  public Uni<Integer> unflushed() {
    return dirtyDays().flatMap(this::measure);
  }

  /** Three registers an hour, views, visits and robots' hits, and one a page. */
  private Uni<Integer> measure(List<DirtyDay> days) {
    return Multi.createFrom()
        .iterable(days)
        .onItem()
        .transformToUni(day -> pages.dirty(day).map(dirty -> dirty + 3 * day.hours().size()))
        .merge(AT_ONCE)
        .collect()
        .with(Collectors.summingInt(Integer::intValue));
  }

  /** Of many buckets at once where one Redis has them: a pod at rest does little else than this. */
  private Uni<List<DirtyDay>> dirtyDays() {
    List<String> keys = Keys.ofAllBuckets(Keys::dirty);
    int atOnce = topology.isCluster() ? 1 : BUCKETS_AT_ONCE;
    return Multi.createFrom()
        .iterable(keys)
        .group()
        .intoLists()
        .of(atOnce)
        .onItem()
        .transformToUni(this::dirtyDays)
        .merge(AT_ONCE)
        .onItem()
        .<DirtyDay>disjoint()
        .collect()
        .asList();
  }

  private Uni<List<DirtyDay>> dirtyDays(List<String> keys) {
    Request request = Request.cmd(Command.SUNION);
    keys.forEach(request::arg);
    return Futures.uni(() -> store.send(request))
        .map(
            members -> {
              List<String> marks = new ArrayList<>(members.size());
              members.forEach(member -> marks.add(member.toString()));
              return DirtyDay.parse(marks);
            });
  }

  private Uni<Void> flushDays(List<DirtyDay> days, boolean withVisitors, Stride stride) {
    return each(Multi.createFrom().iterable(days), day -> flush(day, withVisitors, stride));
  }

  private Uni<Void> votes() {
    return votesWait()
        .flatMap(
            wait ->
                wait
                    ? each(Multi.createFrom().range(0, Keys.BUCKETS), votes::flush)
                    : Uni.createFrom().voidItem());
  }

  private Uni<Boolean> votesWait() {
    if (topology.isCluster()) {
      return Uni.createFrom().item(true);
    }
    Request request = Request.cmd(Command.EXISTS);
    Keys.ofAllBuckets(Keys::dirtyRatings).forEach(request::arg);
    return Futures.uni(() -> store.send(request)).map(found -> found.toInteger() > 0);
  }

  /** One that fails keeps no other from being flushed; in the end all that failed is reported. */
  private <T> Uni<Void> each(Multi<T> parts, Function<T, Uni<Void>> flush) {
    return parts
        .onItem()
        .transformToUni(flush::apply)
        .collectFailures()
        .merge(AT_ONCE)
        .collect()
        .last()
        .replaceWithVoid();
  }

  private Uni<Void> flush(DirtyDay day, boolean withVisitors, Stride stride) {
    return names
        .flush(day.site(), stride)
        .flatMap(done -> pages.flush(day, stride))
        .flatMap(done -> limited(hours.flush(day)))
        .flatMap(done -> limited(referrers.flush(day)))
        .flatMap(
            done ->
                day.visitors() && withVisitors
                    ? limited(visitors.flush(day))
                    : Uni.createFrom().voidItem());
  }

  /** One step, and never a whole day: that takes as long as there are pages. */
  private Uni<Void> limited(Uni<Void> step) {
    return step.ifNoItem().after(config.giveUpAfter()).fail();
  }

  private Uni<Void> remember(long begin) {
    Request request = Request.cmd(Command.SET).arg(Keys.flushed()).arg(begin);
    return Futures.uni(() -> store.send(request))
        .onFailure(LoopConnection::isAnswer)
        .recoverWithNull()
        .replaceWithVoid();
  }
}
