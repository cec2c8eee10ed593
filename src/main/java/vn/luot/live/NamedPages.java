package vn.luot.live;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
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

  private record Named(long epoch, int site, long page) {}

  private final Cache<Named, Integer> titles;

  NamedPages(LiveConfig config) {
    titles =
        Caffeine.newBuilder()
            .maximumSize(config.namedPages())
            .expireAfterWrite(REPEAT_AFTER)
            .build();
  }

  /** Path and title as the flush reads them, or empty where that was reported already. */
  String nameToReport(long epoch, int site, Page page, String title) {
    Integer reported = titles.getIfPresent(new Named(epoch, site, page.key()));
    if (reported != null && (title == null || reported == title.hashCode())) {
      return "";
    }
    return page.path() + "\n" + (title == null ? "" : title);
  }

  void reported(long epoch, int site, Page page, String title) {
    Named named = new Named(epoch, site, page.key());
    Integer before = titles.getIfPresent(named);
    if (before == null || (title != null && before != title.hashCode())) {
      titles.put(named, title == null ? 0 : title.hashCode());
    }
  }
}
