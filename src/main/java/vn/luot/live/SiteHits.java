package vn.luot.live;

import java.util.LinkedHashMap;
import java.util.Map;
import vn.luot.site.Page;
import vn.luot.site.Site;
import vn.luot.visitor.Visitor;

/** What one batch adds to one site: hits of the same page summed, a visitor named once. */
public final class SiteHits {
  final Site site;
  final Map<Page, PageHits> pages = new LinkedHashMap<>();
  final Map<Visitor, Boolean> visitors = new LinkedHashMap<>();
  long views;

  /** The epoch that the last attempt to record this was made in. */
  long epoch = Epochs.UNKNOWN;

  public SiteHits(Site site) {
    this.site = site;
  }

  /** A view of a page; {@code title} may be null. */
  public void view(Page page, String title) {
    views++;
    pages.computeIfAbsent(page, p -> new PageHits()).add(title);
  }

  /** {@code viewing} is false for a heartbeat. */
  public void see(Visitor visitor, boolean viewing) {
    visitors.merge(visitor, viewing, Boolean::logicalOr);
  }

  public long views() {
    return views;
  }

  public int bucket() {
    return Keys.bucket(site.id());
  }

  /** The views of one page in this batch, and the title they came with. */
  static final class PageHits {
    long views;
    String title;

    /** Whether the last attempt to record this told the page's name. */
    boolean named;

    void add(String title) {
      views++;
      this.title = title == null ? this.title : title;
    }
  }
}
