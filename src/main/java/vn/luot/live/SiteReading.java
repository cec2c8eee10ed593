package vn.luot.live;

import java.time.LocalDate;

/**
 * The live numbers of a site at a moment.
 *
 * @param epoch the epoch the registers belong to; 0 where Redis has none yet
 * @param day the site's local day
 * @param millis the moment by Redis's clock, in Unix time
 * @param online visitors seen within the site's window; -1 - n where Redis was emptied within it
 * @param pageViews views of the day in this epoch, in the order asked for
 */
public record SiteReading(
    long epoch,
    LocalDate day,
    long millis,
    long online,
    long visitors,
    long dayViews,
    long dayVisits,
    long[] pageViews) {}
