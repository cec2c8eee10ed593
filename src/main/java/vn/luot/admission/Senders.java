package vn.luot.admission;

import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import vn.luot.live.Visitors;
import vn.luot.site.Site;
import vn.luot.visitor.Agent;
import vn.luot.visitor.Agents;
import vn.luot.visitor.Caller;
import vn.luot.visitor.ClientAddress;
import vn.luot.visitor.DaySalt;
import vn.luot.visitor.Network;
import vn.luot.visitor.Network.NetworkHash;
import vn.luot.visitor.Prefix;
import vn.luot.visitor.Sender;
import vn.luot.visitor.Sender.Visitor;

/** Lets hits and heartbeats in, and says who sent them as far as that is to be known. */
@Singleton
public record Senders(ClientAddress addresses, HitLimits limits, Agents agents, Visitors visitors) {
  private static final String YES = "1";

  /** Refuses what is too much. */
  public CompletionStage<Sender> ofHit(Site site, Caller caller) {
    byte[] address = addresses.of(caller);
    limits.admitHit(site, Network.of(address));
    return sender(site, address, caller);
  }

  /** Refuses what is too much; heartbeats do not use up what hits may be. */
  public CompletionStage<Sender> ofHeartbeat(Site site, Caller caller) {
    byte[] address = addresses.of(caller);
    limits.admitHeartbeat(site, Network.of(address));
    return sender(site, address, caller);
  }

  private CompletionStage<Sender> sender(Site site, byte[] address, Caller caller) {
    Agent agent = agents.of(caller.header("User-Agent"));
    if (agent.robot() || Prefix.anyContains(site.rules().ignoredNetworks(), address)) {
      return CompletableFuture.completedFuture(Sender.ROBOT);
    }
    boolean unknown = site.rules().respectOptOut() && wantsNotToBeKnown(caller);
    return visitors
        .salt(site)
        .thenApply(salt -> sender(site, salt, address, unknown ? null : agent));
  }

  /** {@code agent} is null where nobody may know who it was. */
  private Sender sender(Site site, DaySalt salt, byte[] address, @Nullable Agent agent) {
    byte[] own = Network.of(address);
    NetworkHash network = new NetworkHash(salt, site.id(), own);
    NetworkHash block = new NetworkHash(salt, site.id(), Network.block(address));
    Visitor visitor = agent == null ? null : salt.visitor(site.id(), own, agent);
    return visitor != null && limits.admitsVisitor(site, visitor, network, block)
        ? new Sender(visitor, visitor.id(), false, block)
        : new Sender(null, network.id(), false, block);
  }

  /** Global Privacy Control, and its predecessor Do Not Track. */
  private static boolean wantsNotToBeKnown(Caller caller) {
    return YES.equals(caller.header("Sec-GPC")) || YES.equals(caller.header("DNT"));
  }
}
