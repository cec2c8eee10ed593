package vn.luot.connection.request;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

/** Tells caches that a compressed answer is for those only who take one: Vert.x does not. */
final class CompressedAnswers extends ChannelOutboundHandlerAdapter {
  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (message instanceof HttpResponse answer) {
      HttpHeaders headers = answer.headers();
      if (headers.contains(HttpHeaderNames.CONTENT_ENCODING)
          && !headers.contains(HttpHeaderNames.CONTENT_ENCODING, HttpHeaderValues.IDENTITY, true)
          && !headers.containsValue(HttpHeaderNames.VARY, HttpHeaderNames.ACCEPT_ENCODING, true)) {
        List<String> others = new ArrayList<>(headers.getAll(HttpHeaderNames.VARY));
        others.add("Accept-Encoding");
        headers.set(HttpHeaderNames.VARY, String.join(", ", others));
      }
    }
    context.write(message, promise);
  }
}
