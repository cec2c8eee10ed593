package vn.luot.live;

import io.vertx.core.Future;
import io.vertx.redis.client.Response;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import vn.luot.live.redis.Keys;
import vn.luot.live.redis.RedisCommands;
import vn.luot.live.redis.RedisTopology;
import vn.luot.live.redis.Script;
import vn.luot.register.SiteDay;
import vn.luot.site.Period;
import vn.luot.site.Site;
import vn.luot.site.page.Page;

/** Reads the live numbers of sites. */
@Singleton
public record ReadSite(
    RedisCommands redis, Epochs epochs, RedisClock clock, RedisTopology topology) {
  private static final int ATTEMPTS = 3;
  private static final int HEAD = 7;

  private static final Script SCRIPT = Script.named("read_site", "ring", "online");
  private static final Script ONLINE = Script.named("read_online", "ring", "online");

  /**
   * A site's numbers.
   *
   * @param millis the moment by Redis's clock, in Unix time
   * @param visitors distinct visitors of the day
   */
  public record Reading(SiteNumbers numbers, long millis, long visitors) {}

  /** Calls {@code read_site.lua}, again where the epoch or the hour turned out to be another. */
  public Future<Reading> read(Site site, List<Page> pages) {
    return attempt(site, pages, ATTEMPTS);
  }

  private Future<Reading> attempt(Site site, List<Page> pages, int left) {
    long epoch = epochs.of(site.id());
    Period period = clock.period(site);
    List<String> keys = new ArrayList<>(5 + pages.size());
    keys.add(epochs.key(site.id()));
    keys.add(Keys.state(site.id()));
    keys.add(Keys.ring(site.id()));
    keys.add(Keys.visitors(site.id(), period.day()));
    SiteDay day = new SiteDay(epoch, site.id(), period.day());
    keys.add(Keys.day(day));
    List<Object> args = new ArrayList<>(4 + pages.size());
    args.addAll(List.of(epoch, period.from(), period.until(), site.rules().onlineWindowSeconds()));
    String shards = Keys.pages(day);
    for (Page page : pages) {
      keys.add(shards + Keys.shard(page.key()));
      args.add(page.key());
    }
    return SCRIPT
        .call(redis::send, keys, args)
        .compose(reply -> reading(reply, site, pages, day, left));
  }

  private Future<Reading> reading(
      Response reply, Site site, List<Page> pages, SiteDay day, int left) {
    long epoch = reply.get(0).toLong();
    clock.learn(reply.get(2).toLong());
    epochs.learn(site.id(), epoch, reply.get(1).toLong(), Epochs.UNKNOWN);
    if (reply.size() < HEAD) {
      return left > 1
          ? attempt(site, pages, left - 1)
          : Future.failedFuture("the epoch or the hour keeps changing");
    }
    Map<Page, Long> views = new HashMap<>();
    for (int i = 0; i < pages.size(); i++) {
      views.put(pages.get(i), reply.get(HEAD + i).toLong());
    }
    SiteNumbers numbers =
        new SiteNumbers(
            day,
            SiteNumbers.Online.of(reply.get(3).toLong()),
            reply.get(5).toLong(),
            reply.get(6).toLong(),
            views);
    return Future.succeededFuture(
        new Reading(numbers, reply.get(2).toLong(), reply.get(4).toLong()));
  }

  /**
   * Visitors online by the number of the site. Many sites at once, in a cluster those of a bucket.
   */
  public Future<Map<Integer, SiteNumbers.Online>> online(Collection<Site> sites) {
    Map<Integer, SiteNumbers.Online> online = new HashMap<>();
    Future<Void> all = Future.succeededFuture();
    for (List<Site> together : together(sites)) {
      all = all.compose(before -> online(together, online));
    }
    return all.map(done -> online);
  }

  private Collection<List<Site>> together(Collection<Site> sites) {
    return sites.stream().collect(Collectors.groupingBy(site -> topology.part(site.id()))).values();
  }

  private Future<Void> online(List<Site> sites, Map<Integer, SiteNumbers.Online> online) {
    List<String> keys = new ArrayList<>();
    List<Object> windows = new ArrayList<>();
    keys.add(epochs.key(sites.get(0).id()));
    for (Site site : sites) {
      keys.add(Keys.state(site.id()));
      keys.add(Keys.ring(site.id()));
      windows.add(site.rules().onlineWindowSeconds());
    }
    return ONLINE.call(redis::send, keys, windows).map(found -> put(sites, found, online));
  }

  private static Void put(
      List<Site> sites, Response found, Map<Integer, SiteNumbers.Online> online) {
    for (int i = 0; i < sites.size(); i++) {
      online.put(sites.get(i).id(), SiteNumbers.Online.of(found.get(i).toLong()));
    }
    return null;
  }
}
