package vn.luot.reading.pages;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import vn.luot.reading.rating.Rating;

/**
 * Top pages, the first one first. Of all time, opening balances are included.
 *
 * @param pages at most as many as asked for
 */
public record TopList(List<TopPage> pages) {
  TopList first(int limit) {
    return limit < pages.size() ? new TopList(pages.subList(0, limit)) : this;
  }

  /**
   * One page.
   *
   * @param path the normalised path
   * @param title the title that its visitors, or the owner, gave it, or null
   * @param views counted views, by views in the period and by rating of all time
   * @param rating by views of all time, by rating of the votes cast or changed in the period
   */
  public record TopPage(
      String path,
      @Schema(nullable = true) String title,
      @Schema(nullable = true) Long views,
      Rating.Summary rating) {}
}
