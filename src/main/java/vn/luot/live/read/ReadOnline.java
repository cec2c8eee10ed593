package vn.luot.live.read;

import io.vertx.core.Future;
import io.vertx.redis.client.Response;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import vn.luot.live.Epochs;
import vn.luot.live.SiteNumbers;
import vn.luot.live.redis.Keys;
import vn.luot.live.redis.RedisCommands;
import vn.luot.live.redis.RedisTopology;
import vn.luot.live.redis.Script;
import vn.luot.site.Site;

/** Calls {@code read_online.lua}: for many sites at once, in a cluster for those of a bucket. */
@Singleton
public record ReadOnline(RedisCommands redis, Epochs epochs, RedisTopology topology) {
  private static final Script SCRIPT = Script.named("read_online", "ring", "online");

  /** Visitors online by the number of the site, as Redis says it: see {@link SiteNumbers}. */
  public Future<Map<Integer, Long>> read(Collection<Site> sites) {
    Map<Integer, Long> online = new HashMap<>();
    Future<Void> all = Future.succeededFuture();
    for (List<Site> together : together(sites)) {
      all = all.compose(before -> read(together, online));
    }
    return all.map(done -> online);
  }

  private Collection<List<Site>> together(Collection<Site> sites) {
    return sites.stream().collect(Collectors.groupingBy(site -> topology.part(site.id()))).values();
  }

  private Future<Void> read(List<Site> sites, Map<Integer, Long> online) {
    List<String> keys = new ArrayList<>();
    List<Object> windows = new ArrayList<>();
    keys.add(epochs.key(sites.get(0).id()));
    for (Site site : sites) {
      keys.add(Keys.state(site.id()));
      keys.add(Keys.ring(site.id()));
      windows.add(site.rules().onlineWindowSeconds());
    }
    return SCRIPT.call(redis::send, keys, windows).map(found -> put(sites, found, online));
  }

  private static Void put(List<Site> sites, Response found, Map<Integer, Long> online) {
    for (int i = 0; i < sites.size(); i++) {
      online.put(sites.get(i).id(), found.get(i).toLong());
    }
    return null;
  }
}
