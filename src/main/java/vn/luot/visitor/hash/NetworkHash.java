package vn.luot.visitor.hash;

import vn.luot.visitor.Network;

/**
 * Addresses that a request came from, known by a keyed hash for a day. It is computed when somebody
 * asks: few requests need it.
 */
public final class NetworkHash {
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
      id = VisitorHash.of(salt, site, network);
    }
    return id;
  }
}
