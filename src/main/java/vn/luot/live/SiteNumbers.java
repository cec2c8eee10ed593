package vn.luot.live;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import vn.luot.site.Page;
import vn.luot.visitor.NetworkHash;

/**
 * The live numbers of a site after a batch.
 *
 * @param epoch the epoch the registers belong to
 * @param day the site's local day
 * @param online visitors seen within the site's window; -1 - n where Redis was emptied within it
 * @param dayViews views of the day in this epoch
 * @param dayVisits visits of the day in this epoch
 * @param pages views of the day in this epoch by page; a page beyond the day's limit has none
 * @param crowded whether half of the pages that a day has room for are counted already
 * @param newPages who brought each page that was viewed for the first time on the day, where
 *     PostgreSQL is not known to have it
 */
public record SiteNumbers(
    long epoch,
    LocalDate day,
    long online,
    long dayViews,
    long dayVisits,
    Map<Page, Long> pages,
    boolean crowded,
    List<NetworkHash> newPages) {}
