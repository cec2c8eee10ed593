package vn.luot.connection.request;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpMessage;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.BooleanSupplier;

/**
 * Decodes a connection's requests, and stops at the end of one when told: what follows stays as it
 * is in the bytes that were read with it, and in the socket.
 */
final class RequestDecoder extends VertxHttpRequestDecoder {
  /**
   * What may still come although reading has stopped: the server reads on once after a body that it
   * let wait. Of a connection that its client has half closed, Netty reads all that the kernel
   * holds, some megabytes; Netty would close it at the end of that.
   */
  private static final int MOST_UNREAD = 1 << 18;

  private final BooleanSupplier waits;
  private final Queue<ByteBuf> unread = new ArrayDeque<>(0);
  private int unreadBytes;
  private boolean stopped;
  private ChannelHandlerContext context;

  /** {@code waits} says that the request before is whole and not yet answered. */
  RequestDecoder(HttpServerOptions limits, BooleanSupplier waits) {
    super(limits);
    this.waits = waits;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) throws Exception {
    super.handlerAdded(added);
    context = added;
  }

  /** Netty takes Content-Length away; both together are refused, see {@link RequestHeads}. */
  @Override
  protected void handleTransferEncodingChunkedWithContentLength(HttpMessage both) {}

  @Override
  public void channelRead(ChannelHandlerContext unused, Object read) throws Exception {
    if (!stopped && waits.getAsBoolean()) {
      stop();
    }
    if (!stopped) {
      super.channelRead(context, read);
      return;
    }
    context.channel().config().setAutoRead(false);
    unread.add((ByteBuf) read);
    unreadBytes += ((ByteBuf) read).readableBytes();
    if (unreadBytes > MOST_UNREAD) {
      context.close();
    }
  }

  /** Whether bytes are there that are not decoded. */
  boolean hasMore() {
    return actualReadableBytes() > 0;
  }

  /** Takes effect after the next request's head, where that is in the same bytes. */
  void stop() {
    stopped = true;
    setSingleDecode(true);
    context.channel().config().setAutoRead(false);
  }

  boolean isStopped() {
    return stopped;
  }

  void goOn() {
    stopped = false;
    setSingleDecode(false);
    try {
      ByteBuf next = Unpooled.EMPTY_BUFFER;
      while (next != null) {
        if (unread.isEmpty()) {
          // Nothing more is read while there is some. And before the server is given the last of
          // it, which may want no more.
          context.channel().config().setAutoRead(true);
        }
        unreadBytes -= next.readableBytes();
        super.channelRead(context, next);
        if (!stopped && !unread.isEmpty() && waits.getAsBoolean()) {
          // What was read before has ended just at the end of a request.
          stop();
        }
        next = stopped ? null : unread.poll();
      }
    } catch (Exception undecodable) {
      context.fireExceptionCaught(undecodable);
    }
    context.fireChannelReadComplete();
  }

  @Override
  public void channelInactive(ChannelHandlerContext closed) throws Exception {
    unread.forEach(ByteBuf::release);
    unread.clear();
    super.channelInactive(closed);
  }
}
