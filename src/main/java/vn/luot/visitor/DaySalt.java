package vn.luot.visitor;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import vn.luot.site.page.Sha256;
import vn.luot.visitor.Sender.Visitor;

/**
 * What keys the visitor hashes of a local day. It makes visitors out of addresses and agents
 * without keeping either: the first 64 bits of SHA-256 over salt, site, network and kind of agent.
 * Two of a million visitors share an id with a probability of 3 in 10^8 (birthday bound).
 *
 * @param day the local day
 * @param begin when it begins, in milliseconds of Unix time
 * @param today random bytes
 * @param yesterday the day before's, or null when its visits are over
 */
public record DaySalt(LocalDate day, long begin, byte[] today, byte @Nullable [] yesterday) {
  /** Stands where a visitor's hash has the kind of agent, which is longer or empty. */
  private static final byte[] ANY_AGENT = {1};

  /** Without yesterday's bytes where no visit of yesterday can go on at {@code millis}. */
  public DaySalt at(long millis, Duration visitGap) {
    boolean over = millis - begin >= visitGap.toMillis();
    return yesterday != null && over ? new DaySalt(day, begin, today, null) : this;
  }

  /** {@code network} is the address as {@link Network} reduced it. */
  public Visitor visitor(int site, byte[] network, Agent agent) {
    return new Visitor(
        hash(today, site, network, agent.kind()),
        yesterday == null ? 0 : hash(yesterday, site, network, agent.kind()),
        agent.device());
  }

  /** A network by itself, whoever is in it: another number than any visitor's. */
  public long network(int site, byte[] network) {
    return hash(today, site, network, ANY_AGENT);
  }

  /** Who sends so, on one day: by the whole address and the headers, not by families of them. */
  public long sender(int site, byte[] address, String headers) {
    return hash(today, site, address, headers.getBytes(StandardCharsets.UTF_8));
  }

  private static long hash(byte[] salt, int site, byte[] network, byte[] kind) {
    MessageDigest digest = Sha256.digest();
    digest.update(salt);
    digest.update(ByteBuffer.allocate(5).putInt(site).put((byte) network.length).array());
    digest.update(network);
    return ByteBuffer.wrap(digest.digest(kind)).getLong();
  }
}
