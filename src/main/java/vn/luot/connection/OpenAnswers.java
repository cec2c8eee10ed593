package vn.luot.connection;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;

/** Stands before the server and counts the requests that it has not answered to the end. */
final class OpenAnswers extends ChannelDuplexHandler {
  private final Runnable answered;
  private int open;

  OpenAnswers(Runnable answered) {
    this.answered = answered;
  }

  boolean areNone() {
    return open == 0;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpRequest) {
      open++;
    }
    context.fireChannelRead(message);
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (!isLast(message)) {
      context.write(message, promise);
      return;
    }
    // Not before it is written: a file may still be on its way through the handlers in front.
    context.write(message, promise.unvoid().addListener(written -> ended()));
  }

  private void ended() {
    open--;
    answered.run();
  }

  /** An interim answer, such as 100 Continue, is whole as well, and ends nothing. */
  private static boolean isLast(Object message) {
    return message instanceof LastHttpContent
        && !(message instanceof HttpResponse response
            && response.status().codeClass() == HttpStatusClass.INFORMATIONAL);
  }
}
