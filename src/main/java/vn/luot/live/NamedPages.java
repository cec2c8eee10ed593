package vn.luot.live;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import vn.luot.site.Page;
import vn.luot.visitor.Mixed;

/**
 * Which pages this pod has reported the name of, so that it is not sent with every hit. Forgetting
 * one costs a repetition; a new epoch forgets all, since the names may be lost with the Redis.
 */
@ApplicationScoped
class NamedPages {
  private static final Duration REPEAT_AFTER = Duration.ofHours(1);

  /** An epoch has 48 bits; as many of a title's hash are left. */
  private static final int TITLE_BITS = 16;

  private static final int TITLE = (1 << TITLE_BITS) - 1;

  /** By site and page. */
  private final Recent titles;

  NamedPages(LiveConfig config) {
    titles = new Recent(config.namedPages(), REPEAT_AFTER);
  }

  /** Path and title as the flush reads them, or empty where that was reported already. */
  String nameToReport(long epoch, int site, Page page, String title) {
    long reported = titles.get(hash(site, page));
    if (reported >>> TITLE_BITS == epoch
        && (title == null || (reported & TITLE) == (title.hashCode() & TITLE))) {
      return "";
    }
    return page.path() + "\n" + (title == null ? "" : title);
  }

  void reported(long epoch, int site, Page page, String title) {
    int hash = title == null ? 0 : title.hashCode() & TITLE;
    titles.put(hash(site, page), epoch << TITLE_BITS | hash);
  }

  private static long hash(int site, Page page) {
    return Mixed.of(page.key() + site);
  }
}
