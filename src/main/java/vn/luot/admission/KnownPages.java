package vn.luot.admission;

import io.quarkus.logging.Log;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import vn.luot.site.Site;
import vn.luot.site.page.Page;
import vn.luot.total.PageKeys;

/**
 * The pages that PostgreSQL has of a site: where no others count, and for a while where many new
 * ones come. All pages of such a site are loaded at once, so that no made-up page costs a query.
 *
 * <p>While PostgreSQL does not answer and nothing was loaded, nothing is known of any page: where
 * only known ones count all do, since a view in the wrong place could never be put right, and the
 * day's limit of pages still holds.
 */
@Singleton
public class KnownPages {
  /** How long a site stays watched after the last reason for it. */
  private static final Duration WATCHED = Duration.ofMinutes(10);

  /** What a site is watched for grows slowly, and lists are long. */
  private static final int REFRESHED_LESS = 6;

  /** Pages of all sites together, as many times those of one. */
  private static final int SITES_OF_MOST = 4;

  private static final CompletionStage<Answer> NOT_ASKED =
      CompletableFuture.completedStage(Answer.NOT_ASKED);

  private final PageKeys keys;
  private final HitLimits.Config config;
  private final Map<Integer, Known> bySite = new ConcurrentHashMap<>();
  private final Map<Integer, Loading> loading = new ConcurrentHashMap<>();
  private final Map<Integer, Long> watchedUntil = new ConcurrentHashMap<>();

  KnownPages(PageKeys keys, HitLimits.Config config) {
    this.keys = keys;
    this.config = config;
  }

  /** Whether PostgreSQL has a page. */
  public enum Answer {
    NOT_ASKED,
    KNOWN,
    UNKNOWN
  }

  /** {@code pages} is null where they are too many, or cannot be read. */
  private record Known(PageKeys.@Nullable Sorted pages, long at) {
    static final Known NOTHING = new Known(null, 0);

    Answer of(Page page) {
      if (pages == null) {
        return Answer.NOT_ASKED;
      }
      // A file is known where it was downloaded before, or where its owner named its path.
      return pages.contains(page.key()) || pages.contains(page.viewsKey())
          ? Answer.KNOWN
          : Answer.UNKNOWN;
    }

    int size() {
      return pages == null ? 0 : pages.size();
    }
  }

  /** {@code pages} as far as they are read. */
  private record Loading(PageKeys.Sorted pages, long since, CompletableFuture<Known> loaded) {}

  /** The page itself, or the one that takes the views of unknown pages. */
  public CompletionStage<Page> countedAs(Site site, Page page) {
    return site.rules().knownPagesOnly()
        ? ask(site, page).thenApply(answer -> countedAs(site, page, answer))
        : CompletableFuture.completedStage(page);
  }

  static Page countedAs(Site site, Page page, Answer answer) {
    return site.rules().knownPagesOnly() && answer == Answer.UNKNOWN ? page.other() : page;
  }

  /** Completes at once, but for the first pages of a site that counts known ones only. */
  CompletionStage<Answer> ask(Site site, Page page) {
    boolean watched = !site.rules().knownPagesOnly();
    if (watched && !isWatched(site.id())) {
      return NOT_ASKED;
    }
    Known known = bySite.get(site.id());
    if (known == null) {
      CompletableFuture<Known> loading = load(site.id());
      // A stranger can have a site watched: nobody waits for that.
      return watched ? NOT_ASKED : onThisLoop(loading).thenApply(loaded -> loaded.of(page));
    }
    long refresh = config.refreshKnownPages().toNanos() * (watched ? REFRESHED_LESS : 1);
    if (System.nanoTime() - known.at > refresh) {
      load(site.id());
    }
    return CompletableFuture.completedStage(known.of(page));
  }

  /**
   * For some minutes it is known which pages of the site PostgreSQL has. Returns whether that was
   * not so before.
   */
  boolean watch(int site) {
    boolean begins = watchedUntil.put(site, System.nanoTime() + WATCHED.toNanos()) == null;
    if (begins && bySite.get(site) == null) {
      load(site);
    }
    return begins;
  }

  private boolean isWatched(int site) {
    Long until = watchedUntil.isEmpty() ? null : watchedUntil.get(site);
    if (until != null && System.nanoTime() - until > 0) {
      watchedUntil.remove(site);
      bySite.remove(site);
      return false;
    }
    return until != null;
  }

  /** Hits go on where they came in, not on the thread that says that it took too long. */
  private CompletionStage<Known> onThisLoop(CompletableFuture<Known> loaded) {
    Context loop = Vertx.currentContext();
    CompletableFuture<Known> here = new CompletableFuture<>();
    loaded
        .copy()
        .completeOnTimeout(
            Known.NOTHING, config.waitForKnownPages().toMillis(), TimeUnit.MILLISECONDS)
        .thenAccept(known -> loop.runOnContext(now -> here.complete(known)));
    return here;
  }

  private CompletableFuture<Known> load(int site) {
    long at = System.nanoTime();
    Loading begun = new Loading(new PageKeys.Sorted(), at, new CompletableFuture<>());
    Loading running = loading.putIfAbsent(site, begun);
    if (running != null) {
      return running.loaded;
    }
    keys.read(site, begun.pages, () -> fits(site, begun))
        .map(read -> new Known(fits(site, begun) ? begun.pages : null, at))
        .invoke(known -> bySite.put(site, known))
        .onFailure()
        .invoke(e -> bySite.putIfAbsent(site, new Known(null, at)))
        .onFailure()
        .invoke(e -> Log.debugf("The pages of site %d cannot be read: %s", site, e.getMessage()))
        .onFailure()
        .recoverWithItem(new Known(null, at))
        .onTermination()
        .invoke(() -> loading.remove(site, begun))
        .subscribe()
        .with(begun.loaded::complete);
    return begun.loaded;
  }

  /**
   * Whether there is room for it beside the other sites. A list that is read anew counts once; of
   * those that are new, who began first.
   */
  private boolean fits(int site, Loading its) {
    long others = 0;
    for (Map.Entry<Integer, Known> other : bySite.entrySet()) {
      others += other.getKey() == site ? 0 : other.getValue().size();
    }
    for (Map.Entry<Integer, Loading> other : loading.entrySet()) {
      boolean isNew = bySite.getOrDefault(other.getKey(), Known.NOTHING).pages == null;
      boolean isBefore = other.getValue().since - its.since < 0;
      others += isNew && isBefore ? other.getValue().pages.size() : 0;
    }
    int most = config.knownPages();
    return its.pages.size() <= most && others + its.pages.size() <= (long) SITES_OF_MOST * most;
  }
}
