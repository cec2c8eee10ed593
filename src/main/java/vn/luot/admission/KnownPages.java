package vn.luot.admission;

import io.quarkus.logging.Log;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import vn.luot.site.Page;
import vn.luot.site.Site;
import vn.luot.total.PageNames;

/**
 * The pages of sites that count no others. All pages of such a site are loaded at once, so that no
 * made-up page costs a query.
 *
 * <p>While PostgreSQL does not answer and nothing was loaded, every page is taken for known: a view
 * in the wrong place could never be put right, and the day's limit of pages still holds.
 */
@ApplicationScoped
public class KnownPages {
  private final PageNames names;
  private final HitLimitConfig config;
  private final Map<Integer, Known> bySite = new ConcurrentHashMap<>();
  private final Map<Integer, CompletableFuture<Known>> loading = new ConcurrentHashMap<>();

  KnownPages(PageNames names, HitLimitConfig config) {
    this.names = names;
    this.config = config;
  }

  /** {@code pages} is sorted; null where any page is taken for known. */
  private record Known(long[] pages, long at) {
    static final Known ALL = new Known(null, 0);

    Page countedAs(Page page) {
      return pages == null || Arrays.binarySearch(pages, page.key()) >= 0 ? page : Page.OTHER;
    }
  }

  /** The page itself, or the one that takes the views of unknown pages. */
  public CompletionStage<Page> countedAs(Site site, Page page) {
    if (!site.rules().knownPagesOnly()) {
      return CompletableFuture.completedFuture(page);
    }
    Known known = bySite.get(site.id());
    if (known == null) {
      return onThisLoop(load(site.id())).thenApply(loaded -> loaded.countedAs(page));
    }
    if (System.nanoTime() - known.at > config.refreshKnownPages().toNanos()) {
      load(site.id());
    }
    return CompletableFuture.completedFuture(known.countedAs(page));
  }

  /** Hits go on where they came in, not on the thread that says that it took too long. */
  private CompletionStage<Known> onThisLoop(CompletableFuture<Known> loaded) {
    Context loop = Vertx.currentContext();
    CompletableFuture<Known> here = new CompletableFuture<>();
    loaded
        .copy()
        .completeOnTimeout(Known.ALL, config.waitForKnownPages().toMillis(), TimeUnit.MILLISECONDS)
        .thenAccept(known -> loop.runOnContext(now -> here.complete(known)));
    return here;
  }

  private CompletableFuture<Known> load(int site) {
    CompletableFuture<Known> begun = new CompletableFuture<>();
    CompletableFuture<Known> running = loading.putIfAbsent(site, begun);
    if (running != null) {
      return running;
    }
    long at = System.nanoTime();
    names
        .keys(site, config.knownPages() + 1)
        .map(pages -> new Known(pages.length > config.knownPages() ? null : pages, at))
        .invoke(known -> bySite.put(site, known))
        .onFailure()
        .invoke(e -> Log.debugf("The pages of site %d cannot be read: %s", site, e.getMessage()))
        .onFailure()
        .recoverWithItem(Known.ALL)
        .onTermination()
        .invoke(() -> loading.remove(site, begun))
        .subscribe()
        .with(begun::complete);
    return begun;
  }
}
