package vn.luot.reading;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import vn.luot.site.Page;
import vn.luot.site.Site;

/** The bases of the pages this pod is asked about: their views without the current register. */
@ApplicationScoped
class PageBases {
  private final PageBaseLoader loader;
  private final Patience patience;
  private final Cache<Key, Long> kept;

  PageBases(PageBaseLoader loader, Patience patience, ReadingConfig config) {
    this.loader = loader;
    this.patience = patience;
    this.kept =
        Caffeine.newBuilder()
            .maximumSize(config.pagesKept())
            // At once: handing it to other threads was measured at 5 us a hit.
            .executor(Runnable::run)
            .expireAfterWrite(config.keepPages())
            .build();
  }

  /** What a base is valid for; a change of the opening balances grows the revision. */
  record Key(int site, long page, LocalDate day, long epoch, long revision) {
    static Key of(Site site, Page page, LocalDate day, long epoch) {
      return new Key(site.id(), page.key(), day, epoch, site.revision());
    }
  }

  Long known(Key key) {
    return kept.getIfPresent(key);
  }

  /** Completes with null where PostgreSQL does not answer in time. */
  CompletionStage<Long> get(Key key) {
    Long known = known(key);
    if (known != null) {
      return CompletableFuture.completedFuture(known);
    }
    return patience.await(
        loader
            .load(key)
            .whenComplete(
                (base, failure) -> {
                  if (base != null) {
                    kept.put(key, base);
                  }
                }));
  }
}
