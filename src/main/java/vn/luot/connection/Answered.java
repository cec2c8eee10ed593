package vn.luot.connection;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;

/** Stands before the server and tells when an answer of it has been written to the end. */
final class Answered extends ChannelOutboundHandlerAdapter {
  private final Runnable answered;

  Answered(Runnable answered) {
    this.answered = answered;
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (!isLast(message)) {
      context.write(message, promise);
      return;
    }
    // Not before it is written: a file may still be on its way through the handlers in front.
    context.write(message, promise.unvoid().addListener(written -> answered.run()));
  }

  /** An interim answer, such as 100 Continue, is whole as well, and ends nothing. */
  private static boolean isLast(Object message) {
    return message instanceof LastHttpContent
        && !(message instanceof HttpResponse response
            && response.status().codeClass() == HttpStatusClass.INFORMATIONAL);
  }
}
