package vn.luot.connection.request;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vn.luot.refusal.Language;
import vn.luot.refusal.Problem;
import vn.luot.refusal.Reason;
import vn.luot.refusal.Refusal;

/** What the server leaves out of its answers, which is put in while they are written. */
final class ServerAnswers {
  private ServerAnswers() {}

  /** Tells caches that a compressed answer is for those only who take one: Vert.x does not. */
  static final class Varying extends ChannelOutboundHandlerAdapter {
    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
      if (message instanceof HttpResponse answer) {
        HttpHeaders headers = answer.headers();
        if (headers.contains(HttpHeaderNames.CONTENT_ENCODING)
            && !headers.contains(HttpHeaderNames.CONTENT_ENCODING, HttpHeaderValues.IDENTITY, true)
            && !headers.containsValue(
                HttpHeaderNames.VARY, HttpHeaderNames.ACCEPT_ENCODING, true)) {
          List<String> others = new ArrayList<>(headers.getAll(HttpHeaderNames.VARY));
          others.add("Accept-Encoding");
          headers.set(HttpHeaderNames.VARY, String.join(", ", others));
        }
      }
      context.write(message, promise);
    }
  }

  /**
   * Says why, where the server refuses a head before any route sees it: Vert.x answers what is too
   * long or no HTTP, and Quarkus what is no URI, with a status and nothing else.
   */
  static final class Explained extends ChannelOutboundHandlerAdapter {
    private static final Map<Integer, byte[]> PROBLEMS =
        Map.of(
            400,
            problem(
                Reason.MALFORMED,
                "Write what an address does not allow as % and two hexadecimal digits (%7B for {,"
                    + " %25 for %); name one Host, one Content-Length or Transfer-Encoding:"
                    + " chunked, and speak HTTP/1.1."),
            414,
            problem(Reason.ADDRESS_TOO_LONG, "Ask for less at a time."),
            431,
            problem(Reason.HEADERS_TOO_LARGE, "Send fewer or shorter headers."));

    private static byte[] problem(Reason reason, String detail) {
      return Problem.of(Refusal.of(reason, detail), Language.ENGLISH).json();
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
      byte[] problem = message instanceof FullHttpResponse answer ? problemOf(answer) : null;
      context.write(
          problem == null ? message : explained((FullHttpResponse) message, problem), promise);
    }

    /** The answer to a HEAD names no length. */
    private static byte @Nullable [] problemOf(FullHttpResponse answer) {
      int status = answer.status().code();
      return status >= 400
              && answer
                  .headers()
                  .contains(HttpHeaderNames.CONTENT_LENGTH, HttpHeaderValues.ZERO, false)
          ? PROBLEMS.get(status)
          : null;
    }

    private static FullHttpResponse explained(FullHttpResponse answer, byte[] problem) {
      ByteBuf body = Unpooled.wrappedBuffer(problem);
      answer
          .headers()
          .set(HttpHeaderNames.CONTENT_TYPE, Problem.MEDIA_TYPE)
          .set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE)
          .set(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(problem.length));
      answer.release();
      return new DefaultFullHttpResponse(
          answer.protocolVersion(),
          answer.status(),
          body,
          answer.headers(),
          EmptyHttpHeaders.INSTANCE);
    }
  }
}
