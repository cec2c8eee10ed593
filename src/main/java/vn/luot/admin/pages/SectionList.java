package vn.luot.admin.pages;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import vn.luot.admin.numbers.Covered;

/** Sections of a site with the sums of their pages. */
@Schema(name = "SectionList")
public record SectionList(
    @JsonUnwrapped Covered covered,
    @Schema(description = "The most viewed first") List<Section> sections,
    @Schema(
            description =
                "The sum of all other sections and, under /, of pages whose path is no path:"
                    + " explicit ids and ~other; zeros where there are none")
        Section others) {

  /** One section. */
  @Schema(name = "Section")
  public record Section(
      @Schema(
              description =
                  "How the paths of its pages begin, with a slash at its end where pages are below"
                      + " it; with that slash it is the prefix for lists of its pages and of its"
                      + " sections. The prefix that was asked for is the page of that path itself,"
                      + " so / is the home page. null of others",
              nullable = true,
              examples = "/tin-tuc/")
          String path,
      @Schema(description = "Pages, and files that were downloaded") long pages,
      long views,
      @Schema(description = "Visits that began on its pages") long visits,
      long downloads) {}
}
