package vn.luot.connection;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import vn.luot.refusal.Reason;

/**
 * Says why, where the server refuses an address before any route sees it: Quarkus answers what is
 * no URI with 400 and nothing else; see also {@link RequestHeads}.
 */
final class WordlessRefusals extends ChannelOutboundHandlerAdapter {
  private static final String PROBLEM =
      "{\"type\":\"urn:luot:problem:%s\",\"title\":\"%s\",\"status\":%d,\"detail\":\"%s\"}"
          .formatted(
              Reason.MALFORMED.label(),
              Reason.MALFORMED.title(),
              Reason.MALFORMED.status(),
              "Write what an address does not allow as % and two hexadecimal digits (%7B for {, %25"
                  + " for %); name one Host, and no Transfer-Encoding but chunked; speak HTTP/1.1.");

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    boolean wordless = message instanceof FullHttpResponse answer && isWordless(answer);
    context.write(wordless ? explained(context, (FullHttpResponse) message) : message, promise);
  }

  /** The answer to a HEAD names no length. */
  private static boolean isWordless(FullHttpResponse answer) {
    return answer.status().code() == HttpResponseStatus.BAD_REQUEST.code()
        && answer.headers().contains(HttpHeaderNames.CONTENT_LENGTH, HttpHeaderValues.ZERO, false);
  }

  private static FullHttpResponse explained(
      ChannelHandlerContext context, FullHttpResponse answer) {
    ByteBuf problem = ByteBufUtil.writeAscii(context.alloc(), PROBLEM);
    answer
        .headers()
        .set(HttpHeaderNames.CONTENT_TYPE, "application/problem+json")
        .set(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(problem.readableBytes()));
    answer.release();
    return new DefaultFullHttpResponse(
        answer.protocolVersion(),
        answer.status(),
        problem,
        answer.headers(),
        EmptyHttpHeaders.INSTANCE);
  }
}
