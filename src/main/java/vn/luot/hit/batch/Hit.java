package vn.luot.hit.batch;

import org.jspecify.annotations.Nullable;
import vn.luot.live.record.SiteHits.Standing;
import vn.luot.quarantine.Bursts.Suspicion;
import vn.luot.site.Site;
import vn.luot.site.page.Page;
import vn.luot.visitor.Sender;

/**
 * A request to count.
 *
 * @param page what was viewed; null for a heartbeat, which only keeps the visitor online
 * @param standing whether the page has room on its day
 * @param title the page's title, or null
 * @param referrer the host that the visitor came from, or null
 * @param suspicion null where the site's views come as usual
 */
public record Hit(
    Site site,
    @Nullable Page page,
    Standing standing,
    @Nullable String title,
    @Nullable String referrer,
    Sender sender,
    @Nullable Suspicion suspicion) {
  public static Hit heartbeat(Site site, Sender sender) {
    return new Hit(site, null, Standing.ORDINARY, null, null, sender, null);
  }

  boolean isQuarantined() {
    return suspicion != null && suspicion.burst();
  }

  /** The site or its quarantine: where it counts. */
  Site into() {
    return suspicion != null && suspicion.burst() ? suspicion.quarantine() : site;
  }

  /** The other one of the two, whose numbers are only read; null where nobody needs them. */
  @Nullable Site beside() {
    if (suspicion == null) {
      return null;
    }
    return suspicion.burst() ? site : suspicion.quarantine();
  }
}
