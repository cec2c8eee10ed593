package vn.luot.site;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

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
    byte[] digest = Sha256.digest().digest(normalisedPath.getBytes(StandardCharsets.UTF_8));
    return new Page(normalisedPath, ByteBuffer.wrap(digest).getLong());
  }
}
