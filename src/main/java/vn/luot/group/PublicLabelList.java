package vn.luot.group;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.OffsetDateTime;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Labels that are public, or were. */
@Schema(name = "PublicLabelList")
public record PublicLabelList(
    @Schema(
            description =
                "Those that are public first, the newest first; at most 500 that no longer are")
        List<PublicLabel> labels) {

  /** Who made a label public, and who took it back. */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  @Schema(name = "PublicLabel")
  public record PublicLabel(
      @Schema(examples = "1") int id,
      @Schema(examples = "Sở") String label,
      OffsetDateTime publishedAt,
      @Schema(description = "Name of the key, or person") String publishedBy,
      @Schema(nullable = true) OffsetDateTime withdrawnAt,
      @Schema(nullable = true) String withdrawnBy) {}

  /** What is sent to make a label public. */
  @Schema(name = "PublicLabelOrder")
  public record Order(@Schema(minLength = 1, maxLength = 64, examples = "Sở") String label) {}
}
