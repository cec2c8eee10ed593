package vn.luot.hit;

import vn.luot.admission.Sender;
import vn.luot.site.Page;
import vn.luot.site.Site;

/**
 * A request to count.
 *
 * @param page what was viewed; null for a heartbeat, which only keeps the visitor online
 * @param title the page's title, or null
 * @param referrer the host that the visitor came from, or null
 */
public record Hit(Site site, Page page, String title, String referrer, Sender sender) {
  public static Hit heartbeat(Site site, Sender sender) {
    return new Hit(site, null, null, null, sender);
  }
}
