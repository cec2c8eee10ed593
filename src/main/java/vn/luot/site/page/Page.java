package vn.luot.site.page;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A page of a site.
 *
 * @param path the normalised path, or the page's explicit id
 * @param key 63 bits of the path's SHA-256: what registers are filed under. Numbers keep Redis
 *     listpacks and PostgreSQL indexes small; by the birthday bound a million pages of one site
 *     share a key with a probability of 5 in 10^8, and to hit a given page's key takes 2^63
 *     attempts. A key below 0 is that of downloads.
 */
public record Page(String path, long key) {
  /** Before the path of a file, its {@link #downloads}. No page's path begins with ~. */
  public static final String DOWNLOADS = "~download:";

  /** Takes the views of pages beyond the day's limit; no request can name it. */
  public static final Page OTHER = of("~other");

  public static final Page OTHER_DOWNLOADS = OTHER.downloads();

  /** Stands for the site itself where that is rated; no request can name it. */
  public static final Page PORTAL = of("~portal");

  public static Page of(String normalisedPath) {
    byte[] digest = Sha256.digest().digest(normalisedPath.getBytes(StandardCharsets.UTF_8));
    return new Page(normalisedPath, ByteBuffer.wrap(digest).getLong() & Long.MAX_VALUE);
  }

  /**
   * The downloads of the file that this is the path of. They are counted as another page's views
   * are, so that limits, names, totals and opening balances hold for them too; but they are part of
   * no number of the site's views.
   */
  public Page downloads() {
    return new Page(DOWNLOADS + path, key | Long.MIN_VALUE);
  }

  public boolean isDownloads() {
    return key < 0;
  }

  /** Without what tells downloads from views. */
  public String plainPath() {
    return path.startsWith(DOWNLOADS) ? path.substring(DOWNLOADS.length()) : path;
  }

  /** What this is counted as where it has no room of its own. */
  public Page other() {
    return isDownloads() ? OTHER_DOWNLOADS : OTHER;
  }

  public boolean isOther() {
    return key == other().key;
  }
}
