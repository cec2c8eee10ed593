package vn.luot.visitor;

import java.util.Arrays;
import vn.luot.connection.Internals;

/** Addresses as headers and sockets write them. */
final class AddressText {
  /** The longest address, in brackets and with a port, and some room for a zone. */
  private static final int MOST_CHARS = 80;

  private static final int MAPPED = 12;

  private AddressText() {}

  /**
   * The bytes of a literal address, 4 or 16; an IPv4 address within IPv6 is an IPv4 address.
   * Brackets, quotes and a port are left out, no name is looked up; null where it is no address.
   */
  static byte[] parse(String text) {
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
