package vn.luot.site;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A page of a site.
 *
 * @param path the normalised path, or the page's explicit id
 * @param key the first 64 bits of the path's SHA-256: what registers are filed under. Numbers keep
 *     Redis listpacks and PostgreSQL indexes small; by the birthday bound a million pages of one
 *     site share a key with a probability of 3 in 10^8, and to hit a given page's key takes 2^64
 *     attempts.
 */
public record Page(String path, long key) {
  /** Takes the views of pages beyond the day's limit; no request can name it. */
  public static final Page OTHER = of("~other");

  /** Stands for the site itself where that is rated; no request can name it. */
  public static final Page PORTAL = of("~portal");

  static Page of(String normalisedPath) {
    byte[] digest = sha256().digest(normalisedPath.getBytes(StandardCharsets.UTF_8));
    return new Page(normalisedPath, ByteBuffer.wrap(digest).getLong());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
