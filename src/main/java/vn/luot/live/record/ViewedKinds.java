package vn.luot.live.record;

import java.util.ArrayList;
import java.util.List;
import vn.luot.live.redis.Keys;
import vn.luot.site.Site;

/**
 * The kinds of {@link Keys#viewed} that a batch needs: nearly always one, since sites rarely differ
 * in the time within which views are repeated.
 */
final class ViewedKinds {
  /** A site of each. */
  final List<Site> sites = new ArrayList<>();

  ViewedKinds(List<SiteHits> batch) {
    for (SiteHits hits : batch) {
      if (!hits.once.isEmpty() && of(hits) == 0) {
        sites.add(hits.site);
      }
    }
  }

  /** From 1 in the order of {@link #sites}; 0 where none of the views may be repeated. */
  int of(SiteHits hits) {
    for (int i = 0; !hits.once.isEmpty() && i < sites.size(); i++) {
      if (isSame(sites.get(i), hits.site)) {
        return i + 1;
      }
    }
    return 0;
  }

  private static boolean isSame(Site one, Site other) {
    return one.rules().repeatViewSeconds().equals(other.rules().repeatViewSeconds())
        && one.isQuarantine() == other.isQuarantine();
  }
}
