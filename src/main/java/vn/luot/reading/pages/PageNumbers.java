package vn.luot.reading.pages;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import vn.luot.reading.rating.Rating;

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
   * @param views counted views of all time; null where not known at the moment
   * @param rating of the page
   */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record PageNumber(
      @Schema(examples = "/tin-tuc/a") String path,
      @Schema(nullable = true, examples = "440") Long views,
      Rating.Summary rating) {}
}
