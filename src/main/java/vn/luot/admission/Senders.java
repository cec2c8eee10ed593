package vn.luot.admission;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import vn.luot.live.Visitors;
import vn.luot.site.Site;
import vn.luot.visitor.Caller;
import vn.luot.visitor.ClientAddress;
import vn.luot.visitor.Network;
import vn.luot.visitor.Robots;

/** Lets hits and heartbeats in, and says who sent them as far as that is to be known. */
@ApplicationScoped
public class Senders {
  private static final String YES = "1";

  private final ClientAddress addresses;
  private final HitLimits limits;
  private final Robots robots;
  private final Visitors visitors;

  Senders(ClientAddress addresses, HitLimits limits, Robots robots, Visitors visitors) {
    this.addresses = addresses;
    this.limits = limits;
    this.robots = robots;
    this.visitors = visitors;
  }

  /** Refuses what is too much. */
  public CompletionStage<Sender> ofHit(Site site, Caller caller) {
    byte[] network = Network.of(addresses.of(caller));
    limits.admitHit(site, network);
    return sender(site, network, caller);
  }

  /** Refuses what is too much; heartbeats do not use up what hits may be. */
  public CompletionStage<Sender> ofHeartbeat(Site site, Caller caller) {
    byte[] network = Network.of(addresses.of(caller));
    limits.admitHeartbeat(site, network);
    return sender(site, network, caller);
  }

  private CompletionStage<Sender> sender(Site site, byte[] network, Caller caller) {
    String agent = caller.header("User-Agent");
    if (robots.include(agent)) {
      return CompletableFuture.completedFuture(Sender.ROBOT);
    }
    if (site.respectOptOut() && wantsNotToBeKnown(caller)) {
      return CompletableFuture.completedFuture(Sender.UNKNOWN);
    }
    return visitors.of(site, network, agent).thenApply(Sender::of);
  }

  /** Global Privacy Control, and its predecessor Do Not Track. */
  private static boolean wantsNotToBeKnown(Caller caller) {
    return YES.equals(caller.header("Sec-GPC")) || YES.equals(caller.header("DNT"));
  }
}
