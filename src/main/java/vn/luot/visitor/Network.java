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

  /**
   * Addresses that a request came from, known by a keyed hash for a day. It is computed when
   * somebody asks: few requests need it.
   */
  public static final class NetworkHash {
    private final DaySalt salt;
    private final int site;
    private final byte[] network;
    private long id;

    /** {@code network} as {@link Network} reduced an address. */
    public NetworkHash(DaySalt salt, int site, byte[] network) {
      this.salt = salt;
      this.site = site;
      this.network = network;
    }

    /**
     * 6 bits of the hash, which lead back to nobody: below 32 of IPv4, from 32 on of IPv6. One who
     * has a network of each kind, as most have, must not be two.
     */
    public int slot() {
      return (int) id() & 31 | (network.length > 4 ? 32 : 0);
    }

    /** The hash under today's salt; never 0. */
    public long id() {
      if (id == 0) {
        id = salt.network(site, network);
      }
      return id;
    }
  }
}
