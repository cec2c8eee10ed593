package vn.luot.group;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import vn.luot.group.GroupResource.Group;

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
          Long online,
      Group.Views views) {}
}
