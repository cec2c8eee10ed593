package vn.luot.hit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.Readiness;
import org.jspecify.annotations.Nullable;
import vn.luot.connection.request.FastConnection;
import vn.luot.connection.request.FastPath;
import vn.luot.refusal.Refusal;
import vn.luot.refusal.RefusalMetrics;
import vn.luot.site.Site;
import vn.luot.site.door.PublicCall;
import vn.luot.site.registry.Sites;
import vn.luot.visitor.Caller;

/**
 * Answers ordinary hits before the server's layers, JAX-RS and its JSON among them, which cost a
 * hit 5 microseconds more. What {@code PublicDoor} would refuse, and whatever else is unusual, is
 * left to them and {@link HitResource}, which answers the same and documents both.
 */
@Singleton
class HitFastPath {
  private static final String CALL = "/hits";

  private final HitRequest.Reader reader;
  private final Way counted;
  private final WarmUp warmUp;
  private final boolean accessLog;

  HitFastPath(
      Sites sites,
      HitRequest.Reader reader,
      Hits hits,
      MeterRegistry metrics,
      RefusalMetrics refusals,
      @Readiness WarmUp warmUp,
      @ConfigProperty(name = "quarkus.http.access-log.enabled", defaultValue = "false")
          boolean accessLog) {
    this.reader = reader;
    this.counted =
        new Way(
            sites::known,
            hits,
            metrics.counter("luot.hits.received"),
            refusal -> refusals.count("hits", refusal));
    this.warmUp = warmUp;
    this.accessLog = accessLog;
  }

  void offer(@Observes StartupEvent start) {
    // Who wants a line for each request gets one for each.
    if (!accessLog) {
      FastConnection.offer(
          peer -> {
            Way uncounted = warmUp.of(peer);
            return new OfConnection(Caller.address(peer), uncounted == null ? counted : uncounted);
          });
    }
  }

  /** During shutdown each answer closes its connection: the server's do. */
  void close(@Observes ShutdownDelayInitiatedEvent end) {
    FastConnection.close();
  }

  /**
   * Where the hits of a connection go.
   *
   * @param sites by name; null where none is known
   * @param refused told of each refusal
   */
  record Way(
      Function<String, Site> sites, Hits hits, Counter received, Consumer<Refusal> refused) {}

  private final class OfConnection implements FastPath {
    private final byte @Nullable [] peer;
    private final Way way;

    /** The last one that was found ordinary: nearly always the next one, too. */
    private String host = "";

    @SuppressWarnings("NullAway.Init") // Nothing is answered that was not taken before.
    private Site site;

    OfConnection(byte @Nullable [] peer, Way way) {
      this.peer = peer;
      this.way = way;
    }

    @Override
    public boolean takes(String uri, MultiMap headers) {
      String slug = PublicCall.siteBefore(CALL, uri);
      Site named = slug == null ? null : way.sites.apply(slug);
      if (named == null) {
        return false;
      }
      site = named;
      return OrdinaryHit.is(headers)
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
      way.received.increment();
      return way.hits
          .count(site, reader.read(body), new Caller(peer, headers))
          .thenApply(HitAnswer::json);
    }

    @Override
    public void refused(Refusal refusal) {
      way.refused.accept(refusal);
    }
  }

  /** Tells hits that every browser and most programs send from unusual ones. */
  static final class OrdinaryHit {
    private static final Pattern HOST = Pattern.compile("[a-zA-Z0-9.-]{1,255}(:[0-5]?[0-9]{1,4})?");

    private OrdinaryHit() {}

    /**
     * Whether these are its headers. A body of unknown length is bounded elsewhere, and one that
     * waits to be asked for is asked for elsewhere.
     */
    static boolean is(MultiMap headers) {
      String type = headers.get(HttpHeaders.CONTENT_TYPE);
      return isShort(headers.get(HttpHeaders.CONTENT_LENGTH))
          && isKept(headers)
          && headers.get(HttpHeaders.TRANSFER_ENCODING) == null
          && headers.get(HttpHeaders.EXPECT) == null
          && PublicCall.plainlyAcceptsJson(headers)
          && type != null
          && (isType(type, "application/json") || isType(type, "text/plain"));
    }

    private static boolean isShort(String length) {
      return length != null
          && (length.length() < 4
              || length.length() == 4 && Integer.parseInt(length) <= HitRequest.Reader.MOST_BYTES);
    }

    private static boolean isKept(MultiMap headers) {
      String connection = headers.get(HttpHeaders.CONNECTION);
      return connection == null
          || connection.equalsIgnoreCase("keep-alive")
              && !headers.contains(HttpHeaders.CONNECTION, HttpHeaders.CLOSE, true);
    }

    /** A name or an IPv4 address; all others, some of them good, are the server's to judge. */
    static boolean isHost(String host) {
      return HOST.matcher(host).matches();
    }

    private static boolean isType(String given, String wanted) {
      return given.startsWith(wanted)
          && (given.length() == wanted.length() || given.charAt(wanted.length()) == ';');
    }
  }
}
