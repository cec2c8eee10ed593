package vn.luot.hit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import vn.luot.connection.RequestGate;
import vn.luot.connection.ShortWay;
import vn.luot.site.PublicCall;
import vn.luot.site.Site;
import vn.luot.site.Sites;
import vn.luot.visitor.Caller;

/**
 * Answers ordinary hits in front of the server's layers: of a hit's 25 microseconds these took 5.
 * What {@code PublicDoor} would refuse, and whatever else is unusual, is left to them.
 */
@ApplicationScoped
class HitShortWay {
  private static final byte[] HEAD =
      ascii(
          "HTTP/1.1 200 OK\r\nvary: Origin\r\nX-Content-Type-Options: nosniff\r\n"
              + "content-type: application/json;charset=UTF-8\r\n");

  private static final byte[] ALLOWED =
      ascii("access-control-expose-headers: Retry-After, ETag\r\naccess-control-allow-origin: ");

  private static final byte[] LENGTH = ascii("\r\ncontent-length: ");

  private static final int UNKNOWN_PORT = -1;
  private static final int NO_PORT = -2;

  private final Sites sites;
  private final HitReader reader;
  private final Hits hits;
  private final Counter received;
  private volatile boolean open;

  /**
   * The one that hits come to: others are the management's, or only say that a client should come
   * to this one.
   */
  private volatile int port = UNKNOWN_PORT;

  HitShortWay(
      Sites sites,
      HitReader reader,
      Hits hits,
      MeterRegistry metrics,
      @ConfigProperty(name = "quarkus.http.access-log.enabled", defaultValue = "false")
          boolean accessLog) {
    this.sites = sites;
    this.reader = reader;
    this.hits = hits;
    this.received = metrics.counter("luot.hits.received");
    // Who wants a line for each request gets one for each.
    this.open = !accessLog;
  }

  /** Once the pod is about to end, every answer says that the connection is to be closed. */
  void close(@Observes ShutdownDelayInitiatedEvent end) {
    open = false;
  }

  void offer(@Observes StartupEvent start) {
    RequestGate.offer((own, peer) -> new OfConnection(port(own), Caller.address(peer)));
  }

  /** A hit came to this address and was the server's to answer; null where it is gone already. */
  void openWhere(io.vertx.core.net.SocketAddress own) {
    if (own != null) {
      port = own.port();
    }
  }

  private static int port(SocketAddress own) {
    return own instanceof InetSocketAddress known ? known.getPort() : NO_PORT;
  }

  private final class OfConnection implements ShortWay {
    private final int own;
    private final byte[] peer;

    /** The last one that was found ordinary: nearly always the next one, too. */
    private String host = "";

    private Site site;

    OfConnection(int own, byte[] peer) {
      this.own = own;
      this.peer = peer;
    }

    @Override
    public boolean takes(HttpRequest head) {
      String slug =
          open && own == port && head.method().equals(HttpMethod.POST)
              ? PublicCall.siteBefore(HitRoute.CALL, head.uri())
              : null;
      site = slug == null ? null : sites.known(slug);
      return site != null
          && head.decoderResult().isSuccess()
          && head.protocolVersion().equals(HttpVersion.HTTP_1_1)
          && head.headers() instanceof MultiMap headers
          && OrdinaryHit.is(headers)
          && isShort(headers.get(HttpHeaders.CONTENT_LENGTH))
          && isKept(head.headers())
          && isOrdinary(headers.get(HttpHeaders.HOST))
          && headers.get(HttpHeaders.TRANSFER_ENCODING) == null
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
    public CompletionStage<Answer> answer(HttpRequest head, ByteBuf body) {
      MultiMap headers = (MultiMap) head.headers();
      Caller caller = new Caller(peer, headers);
      return hits.count(site, reader.read(ByteBufUtil.getBytes(body)), caller)
          .thenApply(
              answer -> {
                received.increment();
                return memory -> written(answer, headers.get(HttpHeaders.ORIGIN), memory);
              });
    }
  }

  private static boolean isKept(io.netty.handler.codec.http.HttpHeaders headers) {
    String connection = headers.get(HttpHeaderNames.CONNECTION);
    return connection == null
        || connection.equalsIgnoreCase("keep-alive")
            && !headers.contains(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE, true);
  }

  private static boolean isShort(String length) {
    return length.length() < 4
        || length.length() == 4 && Integer.parseInt(length) <= HitReader.MOST_BYTES;
  }

  /** {@code origin} is one of the site's, or null. */
  private static ByteBuf written(HitAnswer answer, String origin, ByteBufAllocator memory) {
    byte[] json = answer.json();
    ByteBuf written = memory.ioBuffer(512 + json.length).writeBytes(HEAD);
    if (origin == null) {
      written.writerIndex(written.writerIndex() - 2);
    } else {
      written.writeBytes(ALLOWED).writeCharSequence(origin, US_ASCII);
    }
    written.writeBytes(LENGTH).writeCharSequence(Integer.toString(json.length), US_ASCII);
    written.writeCharSequence("\r\n\r\n", US_ASCII);
    return written.writeBytes(json);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(US_ASCII);
  }
}
