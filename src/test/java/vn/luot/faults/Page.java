package vn.luot.faults;

import java.util.List;
import vn.luot.site.PageRule;

/** A page that hits are sent for. */
record Page(FreshSite site, String path) {
  /** As PostgreSQL knows it. */
  record Key(int site, long page) {}

  Key key() {
    return new Key(site.id(), PageRule.page(path, List.of(), "page").key());
  }
}
