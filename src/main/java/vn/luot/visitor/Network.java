package vn.luot.visitor;

import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** The part of an address that one visitor keeps: all of IPv4, the /64 of IPv6. */
public final class Network {
  private static final byte[] NONE = {};
  private static final int PREFIX_BYTES = 8;
  private static final int NEIGHBOURHOOD_BYTES = 3;

  private Network() {}

  /** The /24 of IPv4 or the /64 of IPv6 that an address is in: one office, one household. */
  public static byte[] neighbourhood(SocketAddress client) {
    byte[] network = of(client);
    return network.length == 4 ? Arrays.copyOf(network, NEIGHBOURHOOD_BYTES) : network;
  }

  /** Of the client, behind the proxies that {@code quarkus.http.proxy} trusts. */
  public static byte[] of(SocketAddress client) {
    String address = client == null ? null : client.hostAddress();
    if (address == null) {
      return NONE;
    }
    try {
      // Only ever a literal: no name is looked up.
      byte[] bytes = InetAddress.getByName(address).getAddress();
      return bytes.length == 4 ? bytes : Arrays.copyOf(bytes, PREFIX_BYTES);
    } catch (UnknownHostException e) {
      return NONE;
    }
  }
}
