package vn.luot.site.page;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A page of a site.
 *
 * @param path the normalised path, or the page's explicit id
 * @param key 60 bits of the path's SHA-256: what registers are filed under. Numbers keep Redis
 *     listpacks and PostgreSQL indexes small; by the birthday bound a million pages of one site
 *     share a key with a probability of 4 in 10^7, and to hit a given page's key takes 2^60
 *     attempts. The other bits say what is counted; see {@link Measure}
 */
public record Page(String path, long key) {
  /** Takes the views of pages beyond the day's limit; no request can name it. */
  public static final Page OTHER = of("~other");

  /** Stands for the site itself where that is rated; no request can name it. */
  public static final Page PORTAL = of("~portal");

  public static Page of(String normalisedPath) {
    byte[] digest = Sha256.digest().digest(normalisedPath.getBytes(StandardCharsets.UTF_8));
    return new Page(normalisedPath, Measure.VIEWS.key(ByteBuffer.wrap(digest).getLong()));
  }

  /** What else is counted by the path that this is the views of. */
  public Page counting(Measure measure) {
    return measure == Measure.VIEWS ? this : new Page(measure.prefix + path, measure.key(key));
  }

  public Measure measure() {
    return Measure.of(key);
  }

  public boolean isView() {
    return key >= 0;
  }

  /** Without what tells downloads from views. */
  public String plainPath() {
    String prefix = measure().prefix;
    return path.startsWith(prefix) ? path.substring(prefix.length()) : path;
  }

  /** The key of the views of the same path. */
  public long viewsKey() {
    return Measure.VIEWS.key(key);
  }

  /** What this is counted as where it has no room of its own. */
  public Page other() {
    return OTHER.counting(measure());
  }

  public boolean isOther() {
    return measure().key(OTHER.key) == key;
  }
}
