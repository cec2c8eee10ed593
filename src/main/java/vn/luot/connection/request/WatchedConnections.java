package vn.luot.connection.request;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.buffer.ByteBuf;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.RecvByteBufAllocator;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import vn.luot.connection.ConnectionLimits;

/**
 * Watches every connection that is accepted. Vert.x has limits for silence only and hands nobody a
 * connection before its first request is whole; Netty has this door, which must be asked for.
 */
@RegisterForReflection
public final class WatchedConnections extends ChannelInitializerExtension {
  /**
   * What is read at once, and so what one connection can have a pod keep of requests it may not
   * send yet; Netty's default is 64 KiB. An ordinary request is below 2 KiB.
   */
  private static final int MOST_READ = 1 << 14;

  private static final RecvByteBufAllocator READS =
      new AdaptiveRecvByteBufAllocator(64, 2048, MOST_READ);

  /** Before anything connects or listens. */
  public static void prepare() {
    System.setProperty(EXTENSIONS_SYSTEM_PROPERTY, "serviceload");
  }

  @Override
  public void postInitializeServerChildChannel(Channel accepted) {
    ConnectionLimits.Limits limits = ConnectionLimits.current();
    if (limits != null) {
      accepted.config().setRecvByteBufAllocator(READS);
      accepted.pipeline().addFirst(new RequestClock(limits));
    }
  }

  /**
   * Closes a connection whose request takes too long to arrive, head or body.
   *
   * <p>A request that comes in one piece, as nearly all do, costs no timer and no look at a clock:
   * when its bytes have gone through the decoder, it is known to be whole.
   */
  static final class RequestClock extends ChannelInboundHandlerAdapter {
    /** How often it is looked whether the server reads again. */
    private static final long LATER_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final ConnectionLimits.Limits limit;
    private boolean late;
    private boolean watching;
    private boolean arriving;
    private long begin;
    private long bytes;
    private @Nullable Future<?> look;

    RequestClock(ConnectionLimits.Limits limit) {
      this.limit = limit;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (!watching && !late) {
        watching = RequestGate.install(context.pipeline(), true, limit, this::arrived);
        late = !watching;
        if (late) {
          context.pipeline().addLast(new Late());
        }
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

    /**
     * With TLS there is no decoder before both sides have agreed, for which Vert.x has a limit:
     * this is where what they say then passes before it comes to the decoder.
     */
    private final class Late extends ChannelInboundHandlerAdapter {
      @Override
      public void channelRead(ChannelHandlerContext context, Object message) {
        watching =
            RequestGate.install(context.pipeline(), false, limit, RequestClock.this::arrived);
        context.fireChannelRead(message);
        if (watching) {
          context.pipeline().remove(this);
        }
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
}
