package vn.luot.reading;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import vn.luot.site.Page;
import vn.luot.site.Site;

/** Adds to the live registers after a hit what PostgreSQL holds beside them. */
@ApplicationScoped
public class Completion {
  private final SiteBases sites;
  private final PageBases pages;
  private final ReadingConfig config;

  Completion(SiteBases sites, PageBases pages, ReadingConfig config) {
    this.sites = sites;
    this.pages = pages;
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

  /** Completes at once where the bases are kept, which is nearly always. */
  public CompletionStage<Shown> complete(Site site, Page page, Live live) {
    PageBases.Key key = PageBases.Key.of(site, page, live.day, live.epoch);
    SiteBase siteBase = sites.known(site, live.day, live.epoch);
    Long pageBase = live.pageViews == null ? null : pages.known(key);
    if (siteBase != null && (pageBase != null || live.pageViews == null)) {
      return CompletableFuture.completedFuture(shown(siteBase, pageBase, live));
    }
    CompletionStage<Long> laterPage =
        live.pageViews == null ? CompletableFuture.completedFuture(null) : pages.get(key);
    return sites
        .get(site, live.day, live.epoch)
        .thenCombine(laterPage, (base, found) -> shown(base, found, live));
  }

  private static Shown shown(SiteBase site, Long page, Live live) {
    NeverBack.Numbers numbers = site == null ? null : site.plusToday(live.dayViews, live.dayVisits);
    return new Shown(
        Online.shown(live.online, site),
        site == null ? null : numbers.views(),
        site == null ? null : numbers.visits(),
        page == null ? null : page + live.pageViews);
  }
}
