package vn.luot.reading.base;

import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import vn.luot.live.Epochs;
import vn.luot.live.RedisClock;
import vn.luot.live.SiteNumbers;
import vn.luot.reading.base.SiteBase.MonotoneNumbers;
import vn.luot.register.SiteDay;
import vn.luot.site.Site;
import vn.luot.site.page.Page;

/** Adds to the live registers after a hit what PostgreSQL holds beside them. */
@Singleton
public record Completion(
    SiteBases sites, PageBases pages, Epochs epochs, RedisClock clock, ReadingConfig config) {
  /**
   * The numbers shown.
   *
   * @param online visitors online; null for a while after Redis was emptied
   * @param views null where the base is not known at the moment; so are the others
   */
  public record Shown(
      @Nullable Long online,
      @Nullable Sums views,
      @Nullable Sums visits,
      @Nullable Long pageViews) {}

  public long heartbeatSeconds() {
    return config.heartbeat().toSeconds();
  }

  /** How many are online where nothing else is wanted. */
  public CompletionStage<Long> online(Site site, SiteNumbers live) {
    return live.online().complete()
        ? CompletableFuture.completedFuture(live.online().known())
        : sites.get(site, live.day()).thenApply(base -> SiteBase.shown(live.online(), base));
  }

  /** A page's base, null while it is being loaded, as it will most likely be wanted. */
  public record Expected(Page page, PageBases.Key key, @Nullable Long base) {}

  /** Begins to load, while the hit is counted, what its answer will want. */
  public Expected expect(Site site, Page page) {
    SiteDay today = new SiteDay(epochs.of(site.id()), site.id(), clock.period(site).day());
    PageBases.Key key = PageBases.Key.of(site, page, today);
    Long base = pages.known(key);
    if (base == null) {
      pages.load(key);
    }
    return new Expected(page, key, base);
  }

  /**
   * Completes at once where the bases are kept, which is nearly always.
   *
   * @param page null where no number of a page is wanted
   */
  public CompletionStage<Shown> complete(Site site, @Nullable Expected page, SiteNumbers live) {
    SiteBase siteBase = sites.known(site, live.day());
    Long views = page == null ? null : live.pages().get(page.page);
    if (page == null || views == null) {
      return siteBase != null
          ? CompletableFuture.completedFuture(shown(siteBase, null, live))
          : sites.get(site, live.day()).thenApply(base -> shown(base, null, live));
    }
    boolean asExpected = page.key.day().equals(live.day());
    PageBases.Key key = asExpected ? page.key : PageBases.Key.of(site, page.page, live.day());
    Long pageBase = asExpected ? page.base : pages.known(key);
    if (siteBase != null && pageBase != null) {
      return CompletableFuture.completedFuture(shown(siteBase, pageBase + views, live));
    }
    CompletionStage<Long> laterPage = pages.get(key);
    return sites
        .get(site, live.day())
        .thenCombine(
            laterPage, (base, found) -> shown(base, found == null ? null : found + views, live));
  }

  private static Shown shown(@Nullable SiteBase site, @Nullable Long pageViews, SiteNumbers live) {
    MonotoneNumbers.Numbers numbers =
        site == null ? null : site.plusToday(live.dayViews(), live.dayVisits());
    return new Shown(
        SiteBase.shown(live.online(), site),
        numbers == null ? null : numbers.views(),
        numbers == null ? null : numbers.visits(),
        pageViews);
  }
}
