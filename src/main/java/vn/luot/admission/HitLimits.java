package vn.luot.admission;

import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import vn.luot.live.Recent;
import vn.luot.refusal.Reason;
import vn.luot.refusal.Refusal;
import vn.luot.site.Site;
import vn.luot.visitor.SplitMix64;

/**
 * How many hits this pod takes from one network, and for one site.
 *
 * <p>Memory is bounded by the number of networks remembered. Whoever sends from more networks than
 * that gets a fresh bucket where one was forgotten, which the limit of the site then catches; those
 * who send often are forgotten last, so an honest visitor is never refused for it.
 */
@ApplicationScoped
class HitLimits {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final int HIT = 0;
  private static final int HEARTBEAT = 1;

  private final Map<Integer, Bucket> sites = new ConcurrentHashMap<>();
  private final int siteHitsPerSecond;

  /** Random, so that nobody can choose networks that share a place in the table. */
  private final long secret = new SecureRandom().nextLong();

  /** By network and site, when its bucket will be full again. */
  private final Recent clients;

  HitLimits(HitLimitConfig config) {
    siteHitsPerSecond = config.siteHitsPerSecond();
    // A bucket that nobody took from for a minute is full, as a new one is.
    clients = new Recent(config.clientsRemembered(), MINUTE.multipliedBy(2));
  }

  void admitHit(Site site, byte[] network) {
    admit(site, network, HIT);
    if (siteHitsPerSecond > 0) {
      long now = System.nanoTime();
      Bucket bucket = sites.computeIfAbsent(site.id(), id -> new Bucket(now));
      refuse(bucket.take(now, SECOND.toNanos(), siteHitsPerSecond), "Too many hits for this site.");
    }
  }

  void admitHeartbeat(Site site, byte[] network) {
    admit(site, network, HEARTBEAT);
  }

  private void admit(Site site, byte[] network, int kind) {
    int most = site.rules().clientHitsPerMinute();
    if (most > 0) {
      long now = System.nanoTime();
      refuse(take(key(site.id(), network, kind), now, most), "Too many from this network.");
    }
  }

  private long take(long key, long now, int most) {
    synchronized (clients) {
      long known = clients.get(key);
      long full = known == Recent.ABSENT ? now : known;
      long next = Bucket.next(full, now, MINUTE.toNanos(), most);
      long wait = Bucket.wait(next, now, MINUTE.toNanos());
      clients.put(key, wait > 0 ? full : next);
      return wait;
    }
  }

  private static void refuse(long waitNanos, String detail) {
    if (waitNanos > 0) {
      throw Refusal.after(
          Reason.TOO_MANY,
          detail + " Wait as long as Retry-After says.",
          Duration.ofSeconds(Duration.ofNanos(waitNanos).toSeconds() + 1));
    }
  }

  int remembered() {
    return clients.size();
  }

  /** 64 bits that two of 100,000 networks share with a probability of 3 in 10^10. */
  private long key(int site, byte[] network, int kind) {
    long key = secret;
    for (byte part : network) {
      key = key << 8 ^ key >>> 56 ^ part & 0xff;
    }
    return SplitMix64.of(SplitMix64.of(key ^ network.length) + 2L * site + kind);
  }
}
