package vn.luot.live;

import java.time.LocalDate;
import java.util.Map;
import vn.luot.register.SiteDay;
import vn.luot.site.page.Page;

/**
 * The live numbers of a site at a moment.
 *
 * @param day whose registers they are, all of one epoch, which is 0 where Redis has none yet
 * @param pages views by page; a page beyond the day's limit has none
 */
public record SiteNumbers(
    SiteDay day, Online online, long dayViews, long dayVisits, Map<Page, Long> pages) {

  /** After what was counted while Redis was down. */
  public static final SiteNumbers UNKNOWN =
      new SiteNumbers(new SiteDay(0, 0, LocalDate.EPOCH), new Online(0, false), 0, 0, Map.of());

  public boolean isKnown() {
    return this != UNKNOWN;
  }

  /**
   * Visitors seen within the site's window.
   *
   * @param known how many Redis knows of
   * @param complete whether nobody else can be there; not so for a window after Redis was emptied
   */
  public record Online(long known, boolean complete) {
    /** From what scripts answer: -1 - n where n are known and others may be there. */
    public static Online of(long answer) {
      return answer < 0 ? new Online(-1 - answer, false) : new Online(answer, true);
    }
  }
}
