package vn.luot.connection.request;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.channel.Channel;
import io.quarkus.runtime.annotations.RegisterForReflection;
import vn.luot.connection.ConnectionLimits;

/**
 * Watches every connection that is accepted. Vert.x has limits for silence only and hands nobody a
 * connection before its first request is whole; Netty has this door, which must be asked for.
 */
@RegisterForReflection
public final class WatchedConnections extends ChannelInitializerExtension {
  /** Before anything connects or listens. */
  public static void prepare() {
    System.setProperty(EXTENSIONS_SYSTEM_PROPERTY, "serviceload");
  }

  @Override
  public void postInitializeServerChildChannel(Channel accepted) {
    ConnectionLimits.Limits limits = ConnectionLimits.current();
    if (limits != null) {
      accepted.pipeline().addFirst(new RequestClock(limits));
    }
  }
}
