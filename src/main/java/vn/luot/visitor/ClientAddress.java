package vn.luot.visitor;

import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The address a request came from. What a client writes into a header is believed only as far as
 * trusted proxies vouch for it: each adds the address it saw on the right, so the first from the
 * right that is no trusted proxy's is the client's.
 */
@Startup
@Singleton
public class ClientAddress {
  private static final byte[] NONE = {};

  /** Proxies in a row; a longer row is read no further. */
  private static final int MOST_PROXIES = 16;

  private final List<Prefix> trusted;
  private final String header;

  ClientAddress(VisitorConfig config) {
    try {
      trusted = config.trustedProxies().orElse(List.of()).stream().map(Prefix::parse).toList();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("luot.visitor.trusted-proxies: " + e.getMessage(), e);
    }
    header = config.forwardedHeader();
  }

  /** 4 or 16 bytes; none where the connection has no address. */
  public byte[] of(Caller caller) {
    byte[] peer = caller.peer();
    if (peer == null) {
      return NONE;
    }
    return isTrusted(peer) ? behind(peer, caller.headers().getAll(header)) : peer;
  }

  /** {@code lines} are the header's, in the order received. */
  byte[] behind(byte[] proxy, List<String> lines) {
    HopsFromRight hops = new HopsFromRight(lines);
    byte[] client = proxy;
    for (int i = 0; i < MOST_PROXIES && isTrusted(client); i++) {
      byte[] hop = hops.next();
      if (hop == null) {
        return client;
      }
      client = hop;
    }
    return client;
  }

  private boolean isTrusted(byte[] address) {
    for (Prefix prefix : trusted) {
      if (prefix.contains(address)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Reads the addresses of {@code X-Forwarded-For} or {@code Forwarded} one by one from the right,
   * and no more of them than asked for: what is further left may be anything.
   */
  static final class HopsFromRight {
    private static final String FOR = "for=";

    private final List<String> lines;
    private int line;

    /** Where the part of the current line that is not read yet ends. */
    private int end;

    HopsFromRight(List<String> lines) {
      this.lines = lines;
      this.line = lines.size();
    }

    /** The next address; null where there is none, or something that is none. */
    byte @Nullable [] next() {
      while (end <= 0) {
        if (line == 0) {
          return null;
        }
        line--;
        end = lines.get(line).length();
      }
      String text = lines.get(line);
      int comma = text.lastIndexOf(',', end - 1);
      String hop = text.substring(comma + 1, end);
      end = comma;
      return Prefix.literal(address(hop));
    }

    /** Of {@code for="[2001:db8::1]:4711";proto=https}, or of a bare address. */
    private static String address(String hop) {
      if (hop.indexOf('=') < 0) {
        return hop;
      }
      for (String pair : hop.split(";")) {
        String stripped = pair.strip();
        if (stripped.regionMatches(true, 0, FOR, 0, FOR.length())) {
          return stripped.substring(FOR.length());
        }
      }
      return "";
    }
  }
}
