package vn.luot.group;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.OffsetDateTime;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The sites with a public label whose numbers are public, beside each other. */
@Schema(description = "The sites with a public label whose numbers are public")
public record GroupSites(
    Group sum, @Schema(description = "By views of the month, the most first") List<Member> sites) {

  /** One site. */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  @Schema(name = "GroupSite")
  public record Member(
      @Schema(examples = "Cổng thông tin điện tử Bắc Ninh") String name,
      @Schema(description = "Its first origin", examples = "https://bacninh.example.vn")
          String origin,
      @Schema(examples = "Asia/Ho_Chi_Minh") String timeZone,
      @Schema(description = "Visitors online; null where that is not known", nullable = true)
          @Nullable Long online,
      Group.Views views) {}

  /**
   * The sum of the sites with a label whose numbers anybody may read, in each site's own days.
   *
   * @param online null where that of one of them is not known at the moment
   */
  @Schema(description = "Sums of the sites with a label whose numbers are public")
  public record Group(
      @Schema(examples = "Sở") String label,
      @Schema(description = "How many sites") int sites,
      @Schema(description = "Visitors online; null where that is not known", nullable = true)
          @Nullable Long online,
      Views views,
      OffsetDateTime asOf) {

    /** Counted views, opening balances included in the total. */
    @Schema(name = "GroupViews")
    public record Views(long today, long yesterday, long month, long total) {}
  }
}
