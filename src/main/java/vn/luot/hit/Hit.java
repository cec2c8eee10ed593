package vn.luot.hit;

import vn.luot.site.Page;
import vn.luot.site.Site;
import vn.luot.visitor.Visitor;

/**
 * A request to count.
 *
 * @param page what was viewed; null for a heartbeat, which only keeps the visitor online
 * @param title the page's title, or null
 * @param visitor null where Redis is down and nobody can be recognised
 */
public record Hit(Site site, Page page, String title, Visitor visitor) {}
