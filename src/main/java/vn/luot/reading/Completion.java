package vn.luot.reading;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import vn.luot.live.Epochs;
import vn.luot.live.Periods;
import vn.luot.reading.base.MonotoneNumbers;
import vn.luot.reading.base.Online;
import vn.luot.reading.base.PageBases;
import vn.luot.reading.base.ReadingConfig;
import vn.luot.reading.base.SiteBase;
import vn.luot.reading.base.SiteBases;
import vn.luot.reading.base.Sums;
import vn.luot.site.Page;
import vn.luot.site.Site;

/** Adds to the live registers after a hit what PostgreSQL holds beside them. */
@ApplicationScoped
public class Completion {
  private final SiteBases sites;
  private final PageBases pages;
  private final Epochs epochs;
  private final Periods periods;
  private final ReadingConfig config;

  Completion(
      SiteBases sites, PageBases pages, Epochs epochs, Periods periods, ReadingConfig config) {
    this.sites = sites;
    this.pages = pages;
    this.epochs = epochs;
    this.periods = periods;
    this.config = config;
  }

  /**
   * The numbers shown.
   *
   * @param online visitors online; null for a while after Redis was emptied
   * @param views null where the base is not known at the moment; so are the others
   */
  public record Shown(Long online, Sums views, Sums visits, Long pageViews) {}

  /** The registers of today in the current epoch; {@code pageViews} may be null. */
  public record Live(
      LocalDate day, long epoch, long online, long dayViews, long dayVisits, Long pageViews) {}

  public long heartbeatSeconds() {
    return config.heartbeat().toSeconds();
  }

  /** How many are online where nothing else is wanted. */
  public CompletionStage<Long> online(Site site, LocalDate day, long epoch, long online) {
    return online >= 0
        ? CompletableFuture.completedFuture(online)
        : sites.get(site, day, epoch).thenApply(base -> Online.shown(online, base));
  }

  /** A page's base, null while it is being loaded, as it will most likely be wanted. */
  public record Expected(PageBases.Key key, Long base) {}

  /** Begins to load, while the hit is counted, what its answer will want. */
  public Expected expect(Site site, Page page) {
    long epoch = epochs.of(site.id());
    PageBases.Key key = PageBases.Key.of(site, page, periods.of(site).day(), epoch);
    Long base = pages.known(key);
    if (base == null) {
      pages.load(key);
    }
    return new Expected(key, base);
  }

  /**
   * Completes at once where the bases are kept, which is nearly always.
   *
   * @param page null where no number of a page is wanted
   */
  public CompletionStage<Shown> complete(Site site, Expected page, Live live) {
    SiteBase siteBase = sites.known(site, live.day, live.epoch);
    if (page == null || live.pageViews == null) {
      return siteBase != null
          ? CompletableFuture.completedFuture(shown(siteBase, null, live))
          : sites.get(site, live.day, live.epoch).thenApply(base -> shown(base, null, live));
    }
    boolean asExpected = page.key.isOf(live.day, live.epoch);
    PageBases.Key key = asExpected ? page.key : page.key.at(live.day, live.epoch);
    Long pageBase = asExpected ? page.base : pages.known(key);
    if (siteBase != null && pageBase != null) {
      return CompletableFuture.completedFuture(shown(siteBase, pageBase, live));
    }
    CompletionStage<Long> laterPage = pages.get(key);
    return sites
        .get(site, live.day, live.epoch)
        .thenCombine(laterPage, (base, found) -> shown(base, found, live));
  }

  private static Shown shown(SiteBase site, Long page, Live live) {
    MonotoneNumbers.Numbers numbers =
        site == null ? null : site.plusToday(live.dayViews, live.dayVisits);
    return new Shown(
        Online.shown(live.online, site),
        site == null ? null : numbers.views(),
        site == null ? null : numbers.visits(),
        page == null || live.pageViews == null ? null : page + live.pageViews);
  }
}
