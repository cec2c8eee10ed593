package vn.luot.live;

import java.time.LocalDate;
import java.util.Map;
import vn.luot.site.Page;

/**
 * The live numbers of a site after a batch.
 *
 * @param epoch the epoch the registers belong to
 * @param day the site's local day
 * @param online visitors seen within the site's window; -1 - n where Redis was emptied within it
 * @param dayViews views of the day in this epoch
 * @param dayVisits visits of the day in this epoch
 * @param pages views of the day in this epoch by page; a page beyond the day's limit has none
 */
public record SiteNumbers(
    long epoch, LocalDate day, long online, long dayViews, long dayVisits, Map<Page, Long> pages) {}
