package vn.luot.admin.pages;

import java.time.OffsetDateTime;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How a page is shown, and who changed that. */
@Schema(name = "PageShown")
public record PageShown(
    @Schema(description = "Normalised path or explicit id", examples = "/tin-tuc/a") String path,
    @Schema(description = "Its title in lists; null where it has none", nullable = true)
        String title,
    @Schema(description = "Whether the title stays, whatever pages send") boolean titleLocked,
    @Schema(description = "Whether public lists leave the page out") boolean hidden,
    @Schema(
            description =
                "Of how many networks visitors viewed it on one day, at most 32; fewer than"
                    + " listedAfterNetworks of the site: public lists leave it out",
            maximum = "32")
        int networks,
    @Schema(description = "The latest changes, the last one first; at most 100")
        List<Change> changes) {

  /** What an owner changed. */
  @Schema(name = "PageChange", description = "null is what a change left as it was")
  public record Change(
      @Schema(nullable = true) String title,
      @Schema(nullable = true) Boolean titleLocked,
      @Schema(nullable = true) Boolean hidden,
      @Schema(nullable = true) String reason,
      @Schema(description = "The key's name, or the person's") String changedBy,
      OffsetDateTime changedAt) {}
}
