package vn.luot.visitor.hash;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import vn.luot.site.page.Sha256;
import vn.luot.visitor.Network;
import vn.luot.visitor.agent.Agent;

/**
 * Makes visitors out of addresses and agents without keeping either: the first 64 bits of SHA-256
 * over salt, site, network and kind of agent. Two of a million visitors share an id with a
 * probability of 3 in 10^8 (birthday bound).
 */
public final class VisitorHash {
  private VisitorHash() {}

  /** Stands where a visitor's hash has the kind of agent, which is longer or empty. */
  private static final byte[] ANY_AGENT = {1};

  /** {@code network} is the address as {@link Network} reduced it. */
  public static Visitor of(DaySalt salt, int site, byte[] network, Agent agent) {
    return new Visitor(
        hash(salt.today(), site, network, agent.kind()),
        salt.yesterday() == null ? 0 : hash(salt.yesterday(), site, network, agent.kind()),
        agent.device());
  }

  /** A network by itself, whoever is in it: another number than any visitor's. */
  public static long of(DaySalt salt, int site, byte[] network) {
    return hash(salt.today(), site, network, ANY_AGENT);
  }

  /** Who sends so, on one day: by the whole address and the headers, not by families of them. */
  public static long sender(DaySalt salt, int site, byte[] address, String headers) {
    return hash(salt.today(), site, address, headers.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * One hash of a visitor or network, and a page: two of a million such pairs share it with the
   * same probability. Nobody can choose it, since nobody knows the id of either.
   */
  public static long with(long id, long page) {
    return SplitMix64.of(SplitMix64.of(id) + page);
  }

  private static long hash(byte[] salt, int site, byte[] network, byte[] kind) {
    MessageDigest digest = Sha256.digest();
    digest.update(salt);
    digest.update(ByteBuffer.allocate(5).putInt(site).put((byte) network.length).array());
    digest.update(network);
    return ByteBuffer.wrap(digest.digest(kind)).getLong();
  }
}
