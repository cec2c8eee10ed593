package vn.luot.hit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import vn.luot.connection.request.fast.FastPath;
import vn.luot.connection.request.fast.FastPaths;
import vn.luot.refusal.Refusal;
import vn.luot.refusal.RefusalMetrics;
import vn.luot.site.Site;
import vn.luot.site.door.PublicCall;
import vn.luot.site.registry.Sites;
import vn.luot.visitor.Caller;

/**
 * Answers ordinary hits before the server's layers, JAX-RS and its JSON among them: of a hit's 25
 * microseconds these took 9. What {@code PublicDoor} would refuse, and whatever else is unusual, is
 * left to them and {@link HitResource}, which answers the same and documents both.
 */
@ApplicationScoped
class HitFastPath {
  private static final String CALL = "/hits";

  private final Sites sites;
  private final HitReader reader;
  private final Hits hits;
  private final Counter received;
  private final RefusalMetrics refusals;
  private final boolean accessLog;

  HitFastPath(
      Sites sites,
      HitReader reader,
      Hits hits,
      MeterRegistry metrics,
      RefusalMetrics refusals,
      @ConfigProperty(name = "quarkus.http.access-log.enabled", defaultValue = "false")
          boolean accessLog) {
    this.sites = sites;
    this.reader = reader;
    this.hits = hits;
    this.received = metrics.counter("luot.hits.received");
    this.refusals = refusals;
    this.accessLog = accessLog;
  }

  void offer(@Observes StartupEvent start) {
    // Who wants a line for each request gets one for each.
    if (!accessLog) {
      FastPaths.offer(peer -> new OfConnection(Caller.address(peer)));
    }
  }

  /** During shutdown each answer closes its connection: the server's do. */
  void close(@Observes ShutdownDelayInitiatedEvent end) {
    FastPaths.close();
  }

  private final class OfConnection implements FastPath {
    private final byte[] peer;

    /** The last one that was found ordinary: nearly always the next one, too. */
    private String host = "";

    private Site site;

    OfConnection(byte[] peer) {
      this.peer = peer;
    }

    @Override
    public boolean takes(String uri, MultiMap headers) {
      String slug = PublicCall.siteBefore(CALL, uri);
      site = slug == null ? null : sites.known(slug);
      return site != null
          && OrdinaryHit.is(headers)
          && isOrdinary(headers.get(HttpHeaders.HOST))
          && site.allows(headers.get(HttpHeaders.ORIGIN));
    }

    private boolean isOrdinary(String given) {
      if (given == null || !given.equals(host) && !OrdinaryHit.isHost(given)) {
        return false;
      }
      host = given;
      return true;
    }

    @Override
    public CompletionStage<byte[]> answer(MultiMap headers, byte[] body) {
      received.increment();
      return hits.count(site, reader.read(body), new Caller(peer, headers))
          .thenApply(HitAnswer::json);
    }

    @Override
    public void refused(Refusal refusal) {
      refusals.count("hits", refusal);
    }
  }
}
