package vn.luot.reading;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import vn.luot.reading.base.Rating;
import vn.luot.site.page.Page;

/**
 * The numbers of some pages, in the order asked for.
 *
 * @param pages one for each path asked for, normalised
 */
public record PageNumbers(List<PageNumber> pages) {

  /**
   * One page.
   *
   * @param path the normalised path
   * @param views counted views of all time; null where not known at the moment, or where downloads
   *     were asked for
   * @param rating of the page; after a hit, only where it wants it
   * @param downloads of the file of this path, of all time; only where they were asked for
   */
  public record PageNumber(
      @Schema(examples = "/tin-tuc/a") String path,
      @Schema(nullable = true, examples = "440") Long views,
      @JsonInclude(JsonInclude.Include.NON_NULL) Rating.Summary rating,
      @JsonInclude(JsonInclude.Include.NON_NULL) Long downloads) {
    /** {@code counted} is null where it is not known. */
    public static PageNumber of(Page page, Long counted, Rating.Summary rating) {
      return switch (page.measure()) {
        case VIEWS -> new PageNumber(page.path(), counted, rating, null);
        case DOWNLOADS -> new PageNumber(page.plainPath(), null, rating, counted);
      };
    }

    boolean isKnown() {
      return (views != null || downloads != null) && rating.count() != null;
    }
  }
}
