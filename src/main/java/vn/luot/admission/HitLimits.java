package vn.luot.admission;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import vn.luot.live.Recent;
import vn.luot.refusal.Reason;
import vn.luot.refusal.Refusal;
import vn.luot.setting.Allowed;
import vn.luot.site.Site;
import vn.luot.visitor.Network.NetworkHash;
import vn.luot.visitor.Sender.Visitor;
import vn.luot.visitor.SplitMix64;

/**
 * How many hits and visitors this pod takes from one network, and how many hits for one site.
 *
 * <p>Memory is bounded by the number of networks remembered. Whoever sends from more networks than
 * that gets a fresh bucket where one was forgotten, which the limit of the site then catches; those
 * who send often are forgotten last, so an honest visitor is never refused for it.
 *
 * <p>One who changes its User-Agent is as many visitors as it likes, and so are sixty people in an
 * office. That many may come at once, as when a link is sent to all of them. A visitor once
 * admitted stays so for an hour or two: to forget one costs its network one more, to forget a
 * network gives it all of them again.
 */
@Singleton
class HitLimits {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration HOUR = Duration.ofHours(1);

  /** A block of addresses, which one party may hold, brings as many as so many networks. */
  private static final int NETWORKS_OF_BLOCK = 16;

  private static final int HIT = 0;
  private static final int HEARTBEAT = 1;

  private final Map<Integer, Bucket> sites = new ConcurrentHashMap<>();
  private final int siteHitsPerSecond;

  /** Random, so that nobody can choose networks that share a place in the table. */
  private final long secret = new SecureRandom().nextLong();

  /** By network and site, when its bucket will be full again. */
  private final Recent clients;

  /** By visitor, who is admitted. */
  private final Recent admitted;

  /**
   * By the hash of a network or block under the day's salt, when it may bring all its visitors
   * again.
   */
  private final Recent networks;

  HitLimits(Config config) {
    siteHitsPerSecond = config.siteHitsPerSecond();
    // A bucket that nobody took from for a minute is full, as a new one is.
    clients = new Recent(config.clientsRemembered(), MINUTE.multipliedBy(2));
    admitted = new Recent(config.visitorsRemembered(), HOUR.multipliedBy(2));
    networks = new Recent(config.clientsRemembered(), HOUR.multipliedBy(2));
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

  /** {@code network} and {@code block} are asked only for who is not admitted yet. */
  boolean admitsVisitor(Site site, Visitor visitor, NetworkHash network, NetworkHash block) {
    int most = site.rules().networkVisitorsPerHour();
    if (most == 0 || admitted.get(visitor.id()) != Recent.ABSENT) {
      return true;
    }
    boolean goesOn =
        visitor.previousId() != 0 && admitted.get(visitor.previousId()) != Recent.ABSENT;
    if (goesOn || takeVisitor(network.id(), block.id(), most)) {
      admitted.put(visitor.id(), 0);
      return true;
    }
    return false;
  }

  private synchronized boolean takeVisitor(long network, long block, int most) {
    long now = System.nanoTime();
    long ofNetwork = nextVisitor(network, now, most);
    long ofBlock = nextVisitor(block, now, most * NETWORKS_OF_BLOCK);
    boolean room =
        Bucket.wait(ofNetwork, now, HOUR.toNanos()) == 0
            && Bucket.wait(ofBlock, now, HOUR.toNanos()) == 0;
    if (room) {
      networks.put(network, ofNetwork);
      networks.put(block, ofBlock);
    }
    return room;
  }

  private long nextVisitor(long key, long now, int most) {
    long full = networks.get(key);
    return Bucket.next(full == Recent.ABSENT ? now : full, now, HOUR.toNanos(), most);
  }

  /** Settings of what hits are let in; what one network may send is a rule of each site. */
  @ConfigMapping(prefix = "luot.hit")
  interface Config {
    /**
     * Hits of one site and second that a pod takes, those of a second at once; more are answered
     * 429. 0 sets no limit: what is much for one site is little for another.
     */
    @WithDefault("0")
    @WithConverter(Allowed.FromZero.class)
    int siteHitsPerSecond();

    /**
     * Networks of which a pod remembers how much they sent within the last minute, at most 64 bytes
     * each.
     */
    @WithDefault("100000")
    @WithConverter(Allowed.FromOne.class)
    int clientsRemembered();

    /** Visitors whom a pod remembers to have admitted, at most 64 bytes each. */
    @WithDefault("200000")
    @WithConverter(Allowed.FromOne.class)
    int visitorsRemembered();

    /**
     * Pages never seen before that one /24 or /48 may bring to a site in a day; views of further
     * ones count for the page ~other until somebody else asks for them. 0 sets no limit. Up to a
     * fifth more may come before the pod knows which pages are new.
     */
    @WithDefault("500")
    @WithConverter(Allowed.FromZero.class)
    int newPagesPerNetwork();

    /**
     * Pages that a pod keeps of a site which counts known pages only, or to which many new pages
     * are brought, 8 bytes each; of all such sites four times as many. Of a site with more it is
     * not known which pages are new.
     */
    @WithDefault("1000000")
    @WithConverter(Allowed.FromZero.class)
    int knownPages();

    /** How soon a page that became known is counted under its own name. */
    @WithDefault("10s")
    @WithConverter(Allowed.SomeTime.class)
    Duration refreshKnownPages();

    /** The longest a hit or vote waits for the known pages; then its page is taken for known. */
    @WithDefault("300ms")
    @WithConverter(Allowed.SomeTime.class)
    Duration waitForKnownPages();
  }
}
