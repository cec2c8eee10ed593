package vn.luot.connection;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpRequestDecoder;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Closes a connection whose request takes too long to arrive, head or body.
 *
 * <p>A request that comes in one piece, as nearly all do, costs no timer and no look at a clock:
 * when its bytes have gone through the decoder, it is known to be whole.
 */
final class RequestClock extends ChannelInboundHandlerAdapter {
  /** How often it is looked whether the server reads again. */
  private static final long LATER_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final SlowRequests.Limit limit;
  private boolean started;
  private boolean watching;
  private boolean arriving;
  private long begin;
  private long bytes;
  private Future<?> look;

  RequestClock(SlowRequests.Limit limit) {
    this.limit = limit;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (!watching) {
      watch(context);
      started = true;
    }
    if (!arriving) {
      arriving = watching;
      bytes = 0;
    }
    bytes += message instanceof ByteBuf read ? read.readableBytes() : 0;
    context.fireChannelRead(message);
    if (arriving && look == null && context.channel().isActive()) {
      begin = System.nanoTime();
      lookAfter(limit.nanosFor(bytes), context);
    }
  }

  /** With TLS there is no decoder before both have agreed; a limit for that is Vert.x's. */
  private void watch(ChannelHandlerContext context) {
    ChannelHandlerContext decoder = context.pipeline().context(HttpRequestDecoder.class);
    if (decoder != null) {
      new Shortcut(this::arrived).addBehind(decoder, !started);
      watching = true;
    }
  }

  private void arrived() {
    arriving = false;
    if (look != null) {
      look.cancel(false);
      look = null;
    }
  }

  private void lookAfter(long nanos, ChannelHandlerContext context) {
    look = context.executor().schedule(() -> look(context), nanos, TimeUnit.NANOSECONDS);
  }

  private void look(ChannelHandlerContext context) {
    long left = limit.nanosFor(bytes) - (System.nanoTime() - begin);
    if (left > 0) {
      lookAfter(left, context);
    } else if (!context.channel().config().isAutoRead()) {
      // It is the application that does not read: nothing to hold against the client.
      lookAfter(LATER_NANOS, context);
    } else {
      limit.slow().increment();
      context.close();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    arrived();
    context.fireChannelInactive();
  }
}
