package vn.luot.visitor;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Who sends a request, as far as its connection and its head tell.
 *
 * @param peer the address of the connection's other end, 4 or 16 bytes; null where it has none
 */
public record Caller(byte @Nullable [] peer, MultiMap headers) {
  public static Caller of(HttpServerRequest request) {
    // Of the connection: the request's own would be what the framework made of headers.
    SocketAddress peer = request.connection().remoteAddress();
    String address = peer == null ? null : peer.hostAddress();
    return new Caller(address == null ? null : Prefix.literal(address), request.headers());
  }

  /** The bytes of a connection's other end; null where it has no address. */
  public static byte @Nullable [] address(java.net.SocketAddress peer) {
    return peer instanceof InetSocketAddress known ? known.getAddress().getAddress() : null;
  }

  /** The first header of this name, or null. */
  public String header(CharSequence name) {
    return headers.get(name);
  }
}
