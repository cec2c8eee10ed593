package vn.luot.connection.request;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.RecvByteBufAllocator;
import io.quarkus.runtime.annotations.RegisterForReflection;
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
}
