package vn.luot.visitor;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.luot.connection.Internals;

/** A range of addresses in CIDR notation, or a single address. */
public record Prefix(byte[] address, int bits) {
  /** The longest address, in brackets and with a port, and some room for a zone. */
  private static final int MOST_CHARS = 80;

  private static final int MAPPED = 12;

  public Prefix {
    if (bits < 0 || bits > address.length * 8) {
      throw new IllegalArgumentException("no network");
    }
  }

  /**
   * @throws IllegalArgumentException that says how to write it
   */
  public static Prefix parse(String text) {
    int slash = text.indexOf('/');
    byte[] address = literal(slash < 0 ? text : text.substring(0, slash));
    try {
      if (address == null) {
        throw new IllegalArgumentException("no address");
      }
      int bits = slash < 0 ? 8 * address.length : bits(text.substring(slash + 1));
      return new Prefix(address, bits);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "write " + text + " as 10.0.0.0/8, fd00::/8 or 10.1.2.3", e);
    }
  }

  /**
   * The bytes of a single address, 4 or 16.
   *
   * @throws IllegalArgumentException where it is none
   */
  public static byte[] address(String text) {
    return parse(text.replace('/', '-')).address;
  }

  /** Read anew each time, which takes less than a microsecond; nearly all sites have none. */
  public static boolean anyContains(List<String> networks, byte[] address) {
    return !networks.isEmpty()
        && networks.stream().anyMatch(network -> parse(network).contains(address));
  }

  private static int bits(String text) {
    return Integer.parseInt(text.strip());
  }

  public boolean contains(byte[] other) {
    if (other.length != address.length) {
      return false;
    }
    int whole = bits / 8;
    for (int i = 0; i < whole; i++) {
      if (other[i] != address[i]) {
        return false;
      }
    }
    int rest = bits % 8;
    return rest == 0 || (other[whole] ^ address[whole]) >>> (8 - rest) << 24 == 0;
  }

  /**
   * The bytes of an address as headers and sockets write it, 4 or 16; an IPv4 address within IPv6
   * is an IPv4 address. Brackets, quotes and a port are left out, no name is looked up; null where
   * it is no address.
   */
  static byte @Nullable [] literal(String text) {
    if (text.length() > MOST_CHARS) {
      return null;
    }
    byte[] bytes = Internals.address(bare(text.strip()));
    return bytes != null && isMapped(bytes) ? Arrays.copyOfRange(bytes, MAPPED, 16) : bytes;
  }

  private static String bare(String text) {
    String inner = text;
    if (inner.length() > 1 && inner.startsWith("\"") && inner.endsWith("\"")) {
      inner = inner.substring(1, inner.length() - 1);
    }
    if (inner.startsWith("[")) {
      int end = inner.indexOf(']');
      return end < 0 ? "" : inner.substring(1, end);
    }
    int colon = inner.indexOf(':');
    return colon >= 0 && colon == inner.lastIndexOf(':') ? inner.substring(0, colon) : inner;
  }

  private static boolean isMapped(byte[] bytes) {
    if (bytes.length != 16 || bytes[10] != -1 || bytes[11] != -1) {
      return false;
    }
    for (int i = 0; i < 10; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return true;
  }
}
