package vn.luot.connection.request;

import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/** Where the fast path is open. Netty makes its extensions itself: they find it here. */
public final class FastPaths {
  private static final int NOWHERE = -1;

  private static volatile FastPath.Offer offered;
  private static volatile int openOn = NOWHERE;

  private FastPaths() {}

  /** Offers every new connection such a path. */
  public static void offer(FastPath.Offer offer) {
    offered = offer;
  }

  /**
   * The server answered a hit that came to this port: other ports are the management's, or only say
   * that a client should come to this one.
   */
  public static void openOn(io.vertx.core.net.SocketAddress own) {
    if (own != null && own.port() != openOn) {
      openOn = own.port();
    }
  }

  /** From now on the server answers everything. */
  public static void close() {
    offered = null;
  }

  /** Null where none is offered. */
  static FastPath of(Channel channel) {
    FastPath.Offer offer = offered;
    return offer == null ? null : offer.to(channel.remoteAddress());
  }

  static boolean isOpenOn(int port) {
    return port == openOn && offered != null;
  }

  static int port(SocketAddress own) {
    return own instanceof InetSocketAddress known ? known.getPort() : NOWHERE - 1;
  }
}
