package vn.luot.admin.pages;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.OffsetDateTime;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import vn.luot.admin.numbers.Details.Covered;

/** Pages with their numbers. */
@Schema(name = "PageList")
public record PageList(
    @JsonUnwrapped Covered covered,
    @Schema(description = "In the order asked for") List<PageEntry> pages,
    @Schema(description = "The cursor for the pages that follow; null at the end", nullable = true)
        @Nullable String next) {

  /** One page. */
  @Schema(name = "PageEntry")
  public record PageEntry(
      @Schema(
              description =
                  "Normalised path or explicit id; ~other holds the views of pages beyond the day's"
                      + " limit",
              examples = "/tin-tuc/a")
          String path,
      @Schema(description = "The title that its visitors, or the owner, gave it", nullable = true)
          String title,
      @Schema(description = "Views; for all time with opening balances") long views,
      @Schema(description = "Visits that began here; for all time with opening balances")
          long visits,
      @Schema(
              description =
                  "Downloads of the file of this path; for all time with opening balances. Their"
                      + " entry has no views: a path that is also viewed has another one")
          long downloads,
      RatingEntry rating,
      @Schema(description = "null where only an opening balance names it", nullable = true)
          @Nullable OffsetDateTime firstSeen,
      @Schema(description = "Whether the owner locked the title") boolean titleLocked,
      @Schema(description = "Whether the owner hid it from public lists") boolean hidden,
      @Schema(
              description =
                  "Of how many networks visitors viewed it on one day, at most 32; public lists have"
                      + " it from listedAfterNetworks on")
          int networks) {}

  /** A page's rating. */
  @Schema(
      name = "PageEntryRating",
      description =
          "For all time with opening balances; in a range, of the votes cast or last changed in it")
  public record RatingEntry(
      @Schema(description = "Votes") long count,
      @Schema(description = "Their stars") long sum,
      @Schema(description = "sum / count to two places; null without votes", nullable = true)
          @Nullable Double average) {

    static RatingEntry of(long count, long sum) {
      return new RatingEntry(
          count, sum, count == 0 ? null : Math.round(100.0 * sum / count) / 100.0);
    }
  }

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
            @Nullable String path,
        @Schema(description = "Pages, and files that were downloaded") long pages,
        long views,
        @Schema(description = "Visits that began on its pages") long visits,
        long downloads) {}
  }
}
