package vn.luot.admin.baseline;

import org.jspecify.annotations.Nullable;
import vn.luot.refusal.FieldErrors;
import vn.luot.site.page.Page;

/**
 * What a page, or the site itself as {@link Page#PORTAL}, had before Luot. Null leaves a number as
 * it was.
 */
public record Balance(
    Page page,
    @Nullable Long views,
    @Nullable Long visits,
    @Nullable Long ratingCount,
    @Nullable Long ratingSum) {
  /** Far above any portal's, and exact in JavaScript's numbers, votes times five included. */
  static final long MOST = 1_000_000_000_000_000L;

  public static final String RANGE = "a whole number from 0 to " + MOST;

  /** {@code countField} and {@code sumField} are what the caller's format calls them. */
  public void check(FieldErrors errors, String countField, String sumField) {
    errors.require(isCount(views), "views", RANGE);
    errors.require(isCount(visits), "visits", RANGE);
    errors.require(
        visits == null || page.equals(Page.PORTAL), "visits", "only the site itself has visits");
    boolean both = (ratingCount == null) == (ratingSum == null);
    errors.require(both, ratingCount == null ? countField : sumField, "count and sum go together");
    errors.require(isCount(ratingCount), countField, RANGE);
    if (ratingCount != null && ratingSum != null && isCount(ratingCount)) {
      errors.require(
          ratingSum >= ratingCount && ratingSum <= 5 * ratingCount,
          sumField,
          "from 1 to 5 stars a vote: %d to %d".formatted(ratingCount, 5 * ratingCount));
    }
  }

  public boolean isEmpty() {
    return views == null && visits == null && ratingCount == null && ratingSum == null;
  }

  /** Whether it is a number that may be entered; null is none. */
  public static boolean isCount(@Nullable Long value) {
    return value == null || value >= 0 && value <= MOST;
  }
}
