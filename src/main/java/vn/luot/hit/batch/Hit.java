package vn.luot.hit.batch;

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
    Page page,
    Standing standing,
    String title,
    String referrer,
    Sender sender,
    Suspicion suspicion) {
  public static Hit heartbeat(Site site, Sender sender) {
    return new Hit(site, null, null, null, null, sender, null);
  }

  boolean isQuarantined() {
    return suspicion != null && suspicion.burst();
  }

  /** The site or its quarantine: where it counts. */
  Site into() {
    return isQuarantined() ? suspicion.quarantine() : site;
  }

  /** The other one of the two, whose numbers are only read; null where nobody needs them. */
  Site beside() {
    if (suspicion == null) {
      return null;
    }
    return suspicion.burst() ? site : suspicion.quarantine();
  }
}
