package vn.luot.reading;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * Top pages, the first one first.
 *
 * @param pages at most as many as asked for
 */
public record TopList(List<TopPage> pages) {

  /**
   * One page.
   *
   * @param path the normalised path
   * @param title the last title it was viewed under, or null
   * @param views counted views in the period
   */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record TopPage(String path, String title, Long views) {}
}
