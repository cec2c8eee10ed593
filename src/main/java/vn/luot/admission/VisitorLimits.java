package vn.luot.admission;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import vn.luot.live.Recent;
import vn.luot.site.Site;
import vn.luot.visitor.Network.NetworkHash;
import vn.luot.visitor.Sender.Visitor;

/**
 * How many visitors this pod takes from one network: one who changes its User-Agent is as many as
 * it likes, and so are sixty people in an office. That many may come at once, as when a link is
 * sent to all of them.
 *
 * <p>A visitor once admitted stays so for an hour or two. All memory is bounded: to forget a
 * visitor costs its network one more, to forget a network gives it all of them again.
 */
@ApplicationScoped
class VisitorLimits {
  private static final Duration HOUR = Duration.ofHours(1);

  /** A block of addresses, which one party may hold, brings as many as so many networks. */
  private static final int NETWORKS_OF_BLOCK = 16;

  /** By visitor. */
  private final Recent admitted;

  /**
   * By the hash of a network or block under the day's salt, when it may bring all of them again.
   */
  private final Recent networks;

  VisitorLimits(HitLimitConfig config) {
    admitted = new Recent(config.visitorsRemembered(), HOUR.multipliedBy(2));
    networks = new Recent(config.clientsRemembered(), HOUR.multipliedBy(2));
  }

  /** {@code network} and {@code block} are asked only for who is not admitted yet. */
  boolean admits(Site site, Visitor visitor, NetworkHash network, NetworkHash block) {
    int most = site.rules().networkVisitorsPerHour();
    if (most == 0 || admitted.get(visitor.id()) != Recent.ABSENT) {
      return true;
    }
    boolean goesOn =
        visitor.previousId() != 0 && admitted.get(visitor.previousId()) != Recent.ABSENT;
    if (goesOn || take(network.id(), block.id(), most)) {
      admitted.put(visitor.id(), 0);
      return true;
    }
    return false;
  }

  private synchronized boolean take(long network, long block, int most) {
    long now = System.nanoTime();
    long ofNetwork = next(network, now, most);
    long ofBlock = next(block, now, most * NETWORKS_OF_BLOCK);
    boolean room =
        Bucket.wait(ofNetwork, now, HOUR.toNanos()) == 0
            && Bucket.wait(ofBlock, now, HOUR.toNanos()) == 0;
    if (room) {
      networks.put(network, ofNetwork);
      networks.put(block, ofBlock);
    }
    return room;
  }

  private long next(long key, long now, int most) {
    long full = networks.get(key);
    return Bucket.next(full == Recent.ABSENT ? now : full, now, HOUR.toNanos(), most);
  }
}
