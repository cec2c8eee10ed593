package vn.luot.visitor;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import vn.luot.site.Sha256;

/**
 * Makes visitors out of addresses and agents without keeping either: the first 64 bits of SHA-256
 * over salt, site, network and agent family. Two of a million visitors share an id with a
 * probability of 3 in 10^8 (birthday bound).
 */
public final class VisitorHash {
  private VisitorHash() {}

  /**
   * @param network the address as {@link Network} reduced it
   * @param agent the User-Agent header, or null
   */
  public static Visitor of(DaySalt salt, int site, byte[] network, String agent) {
    byte[] family = AgentFamily.of(agent).getBytes(StandardCharsets.US_ASCII);
    return new Visitor(
        hash(salt.today(), site, network, family),
        salt.yesterday() == null ? 0 : hash(salt.yesterday(), site, network, family));
  }

  /**
   * One hash of a visitor and a page: two of a million such pairs share it with the same
   * probability. Nobody can choose it, since nobody knows a visitor's id.
   */
  public static long with(Visitor visitor, long page) {
    return Mixed.of(Mixed.of(visitor.id()) + page);
  }

  private static long hash(byte[] salt, int site, byte[] network, byte[] family) {
    MessageDigest digest = Sha256.digest();
    digest.update(salt);
    digest.update(ByteBuffer.allocate(5).putInt(site).put((byte) network.length).array());
    digest.update(network);
    return ByteBuffer.wrap(digest.digest(family)).getLong();
  }
}
