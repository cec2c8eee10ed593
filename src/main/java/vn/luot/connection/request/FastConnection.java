package vn.luot.connection.request;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.timeout.IdleStateHandler;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.impl.ContextInternal;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;
import vn.luot.refusal.Language;
import vn.luot.refusal.Problem;
import vn.luot.refusal.Refusal;
import vn.luot.refusal.Refusals;

/**
 * Has the requests of one connection answered by the {@link FastPath}, before the server, and knows
 * where that is open: Netty makes its extensions itself, and they find it here.
 */
public final class FastConnection {
  private static final int NOWHERE = -1;

  private static volatile FastPath.@Nullable Offer offered;
  private static volatile int openOn = NOWHERE;

  private final FastPath fast;
  private final int port;
  private final ContextInternal loop;
  private final IdleStateHandler idle;
  private final Runnable answered;

  /** {@code answered} is told of each answer. */
  private FastConnection(
      FastPath fast, ChannelPipeline pipeline, ContextInternal loop, Runnable answered) {
    this.fast = fast;
    this.port = port(pipeline.channel().localAddress());
    this.loop = loop;
    this.idle = pipeline.get(IdleStateHandler.class);
    this.answered = answered;
  }

  /** Null where no fast path is offered, or the server traces each request. */
  static @Nullable FastConnection of(
      ChannelPipeline pipeline, ContextInternal loop, Runnable answered) {
    FastPath fast = loop.tracer() == null ? offered(pipeline.channel()) : null;
    return fast == null ? null : new FastConnection(fast, pipeline, loop, answered);
  }

  /** Offers every new connection such a path. */
  public static void offer(FastPath.Offer offer) {
    offered = offer;
  }

  /**
   * The server answered a hit that came to this port: other ports are the management's, or only say
   * that a client should come to this one.
   */
  public static void openOn(io.vertx.core.net.SocketAddress own) {
    if (own != null && own.port() != openOn) {
      openOn = own.port();
    }
  }

  /** From now on the server answers everything. */
  public static void close() {
    offered = null;
  }

  /** Null where none is offered. */
  private static @Nullable FastPath offered(Channel channel) {
    FastPath.Offer offer = offered;
    return offer == null ? null : offer.to(channel.remoteAddress());
  }

  private static boolean isOpenOn(int port) {
    return port == openOn && offered != null;
  }

  private static int port(SocketAddress own) {
    return own instanceof InetSocketAddress known ? known.getPort() : NOWHERE - 1;
  }

  boolean takes(HttpRequest asked) {
    return asked.method().equals(HttpMethod.POST)
        && isOpenOn(port)
        && asked.protocolVersion().equals(HttpVersion.HTTP_1_1)
        && asked.decoderResult().isSuccess()
        && asked.headers() instanceof MultiMap headers
        && fast.takes(asked.uri(), headers);
  }

  /** What it took last; {@code body} is all of it. */
  void answer(ChannelHandlerContext context, HttpRequest asked, LastHttpContent body) {
    notIdle();
    MultiMap headers = (MultiMap) asked.headers();
    byte[] bytes = ByteBufUtil.getBytes(body.content());
    body.release();
    ContextInternal own = loop.duplicate();
    ContextInternal before = own.beginDispatch();
    try {
      fast.answer(headers, bytes)
          .whenComplete(
              (json, failure) -> onLoop(context, () -> write(context, headers, json, failure)));
    } catch (RuntimeException refused) {
      write(context, headers, new byte[0], refused);
    } finally {
      own.endDispatch(before);
    }
  }

  /** What waits for PostgreSQL is completed by whoever loads it, for other loops' hits as well. */
  private static void onLoop(ChannelHandlerContext context, Runnable task) {
    if (context.executor().inEventLoop()) {
      task.run();
    } else {
      context.executor().execute(task);
    }
  }

  /** The server's own timer sees nothing of what does not reach it. */
  private void notIdle() {
    if (idle != null) {
      idle.resetReadTimeout();
    }
  }

  private void write(
      ChannelHandlerContext context, MultiMap headers, byte[] json, @Nullable Throwable failure) {
    Refusal refusal = failure == null ? null : Refusals.of(failure);
    if (refusal != null) {
      fast.refused(refusal);
    }
    if (context.channel().isActive()) {
      notIdle();
      String origin = headers.get(HttpHeaders.ORIGIN);
      ByteBuf answer =
          refusal == null
              ? Answer.ok(json, origin, context.alloc())
              : Answer.refused(refusal, language(headers), origin, context.alloc());
      context.writeAndFlush(answer, context.voidPromise());
    }
    answered.run();
  }

  private static Language language(MultiMap headers) {
    return Language.of(headers.get(HttpHeaders.ACCEPT_LANGUAGE), Language.ENGLISH);
  }

  /** Writes the answers of the fast path, with the headers that the server would give them. */
  static final class Answer {
    private static final byte[] OK = ascii("HTTP/1.1 200 OK\r\n");
    private static final byte[] COMMON =
        ascii("vary: Origin\r\nX-Content-Type-Options: nosniff\r\n");
    private static final byte[] JSON = ascii("content-type: application/json;charset=UTF-8\r\n");
    private static final byte[] ALLOWED =
        ascii("access-control-expose-headers: Retry-After, ETag\r\naccess-control-allow-origin: ");
    private static final byte[] LENGTH = ascii("content-length: ");
    private static final byte[] END_OF_LINE = ascii("\r\n");
    private static final byte[] END_OF_HEAD = ascii("\r\n\r\n");

    private Answer() {}

    /** {@code origin} is one of the site's, or null. */
    static ByteBuf ok(byte[] json, String origin, ByteBufAllocator memory) {
      ByteBuf written = memory.ioBuffer(512 + json.length).writeBytes(OK).writeBytes(COMMON);
      return end(written.writeBytes(JSON), json, origin);
    }

    static ByteBuf refused(
        Refusal refusal, Language language, String origin, ByteBufAllocator memory) {
      byte[] json = Problem.of(refusal, language).json();
      String head =
          "HTTP/1.1 %s\r\ncontent-type: %s\r\ncache-control: no-store\r\n"
              .formatted(HttpResponseStatus.valueOf(refusal.reason().status()), Problem.MEDIA_TYPE);
      ByteBuf written =
          memory.ioBuffer(512 + json.length).writeBytes(ascii(head)).writeBytes(COMMON);
      if (refusal.retryAfter() != null) {
        written.writeBytes(ascii("retry-after: " + refusal.retryAfter().toSeconds() + "\r\n"));
      }
      return end(written, json, origin);
    }

    private static ByteBuf end(ByteBuf written, byte[] json, String origin) {
      if (origin != null) {
        written.writeBytes(ALLOWED).writeCharSequence(origin, US_ASCII);
        written.writeBytes(END_OF_LINE);
      }
      written.writeBytes(LENGTH).writeCharSequence(Integer.toString(json.length), US_ASCII);
      return written.writeBytes(END_OF_HEAD).writeBytes(json);
    }

    private static byte[] ascii(String text) {
      return text.getBytes(US_ASCII);
    }
  }
}
