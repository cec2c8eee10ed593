package vn.luot.hit;

import java.time.LocalDate;

/**
 * What Redis says of a counted hit.
 *
 * @param online -1 - n where n are known, and Redis has forgotten who else was there
 * @param pageViews views of the page today in this epoch; null where they are not known
 */
public record LiveCount(
    long epoch, LocalDate day, long online, long dayViews, long dayVisits, Long pageViews) {

  /** Of what was counted while Redis was down: no number is known. */
  static final LiveCount UNKNOWN = new LiveCount(0, null, -1, 0, 0, null);

  public boolean isKnown() {
    return day != null;
  }
}
