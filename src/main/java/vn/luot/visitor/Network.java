package vn.luot.visitor;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The part of an address that one visitor keeps: all of IPv4, the /64 of IPv6. */
public final class Network {
  private static final int PREFIX_BYTES = 8;
  private static final int NEIGHBOURHOOD_BYTES = 3;
  private static final int BLOCK_BYTES = 6;

  private Network() {}

  /**
   * The networks an address is in, the narrowest first: the /24 of IPv4; or the /64, the /56 and
   * the /48 of IPv6, of which a household, an office or an attacker is given one.
   */
  public static List<byte[]> around(byte[] address) {
    return address.length <= 4
        ? List.of(block(address))
        : IntStream.of(PREFIX_BYTES, PREFIX_BYTES - 1, BLOCK_BYTES)
            .mapToObj(bytes -> Arrays.copyOf(address, bytes))
            .toList();
  }

  /**
   * The /24 of IPv4 or the /48 of IPv6 that an address is in: what one party is usually given as a
   * whole, so that two addresses of it say nothing that one does not.
   */
  public static byte[] block(byte[] address) {
    return Arrays.copyOf(address, address.length <= 4 ? NEIGHBOURHOOD_BYTES : BLOCK_BYTES);
  }

  /** {@code address} as {@link ClientAddress} gives it. */
  public static byte[] of(byte[] address) {
    return address.length <= 4 ? address : Arrays.copyOf(address, PREFIX_BYTES);
  }
}
