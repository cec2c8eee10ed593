package vn.luot.admin.pages;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Sections of a site with the sums of their pages. */
@RegisterForReflection(targets = {SectionList.class, SectionList.Section.class})
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(name = "SectionList")
public record SectionList(
    @Schema(description = "First local day of the range; null for all time", nullable = true)
        LocalDate from,
    @Schema(description = "Last local day, which is within; null for all time", nullable = true)
        LocalDate to,
    @Schema(description = "IANA time zone of the days") String timeZone,
    @Schema(
            description =
                "The numbers include everything counted until then; null where that is not known",
            nullable = true)
        OffsetDateTime asOf,
    @Schema(
            description =
                "First day whose numbers by page are still kept (detailDays); null where all are",
            nullable = true)
        LocalDate detailFrom,
    @Schema(description = "The most viewed first") List<Section> sections,
    @Schema(
            description =
                "The sum of all other sections and, under /, of pages whose path is no path:"
                    + " explicit ids and ~other; zeros where there are none")
        Section others) {

  /** One section. */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  @Schema(name = "Section")
  public record Section(
      @Schema(
              description =
                  "How the paths of its pages begin, with a slash at its end where pages are below"
                      + " it: a prefix for lists of pages and of sections. The prefix that was"
                      + " asked for is the page of that path itself, so / is the home page. null of"
                      + " others",
              nullable = true,
              examples = "/tin-tuc/")
          String path,
      @Schema(description = "Pages, and files that were downloaded") long pages,
      long views,
      @Schema(description = "Visits that began on its pages") long visits,
      long downloads) {}
}
