package vn.luot.live;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import vn.luot.site.Page;

/**
 * Which pages this pod has reported the name of, so that it is not sent with every hit. Forgetting
 * one costs a repetition; a new epoch forgets all, since the names may be lost with the Redis.
 */
@ApplicationScoped
class NamedPages {
  private static final Duration REPEAT_AFTER = Duration.ofHours(1);

  private record Named(int site, long page) {}

  /** {@code title} is its hash, 0 where the page had none. */
  private record As(long epoch, int title) {}

  private final Recent<Named, As> titles;

  NamedPages(LiveConfig config) {
    titles = new Recent<>(config.namedPages(), REPEAT_AFTER);
  }

  /** Path and title as the flush reads them, or empty where that was reported already. */
  String nameToReport(long epoch, int site, Page page, String title) {
    As reported = titles.get(new Named(site, page.key()));
    if (reported != null
        && reported.epoch == epoch
        && (title == null || reported.title == title.hashCode())) {
      return "";
    }
    return page.path() + "\n" + (title == null ? "" : title);
  }

  void reported(long epoch, int site, Page page, String title) {
    titles.put(new Named(site, page.key()), new As(epoch, title == null ? 0 : title.hashCode()));
  }
}
