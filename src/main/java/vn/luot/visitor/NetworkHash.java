package vn.luot.visitor;

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

  /** The hash under today's salt; never 0. */
  public long id() {
    if (id == 0) {
      id = VisitorHash.of(salt, site, network);
    }
    return id;
  }
}
