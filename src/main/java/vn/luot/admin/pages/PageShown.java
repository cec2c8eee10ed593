package vn.luot.admin.pages;

import java.time.OffsetDateTime;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import vn.luot.admin.call.Text;
import vn.luot.refusal.FieldErrors;
import vn.luot.site.page.PageTitle;

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
      @Nullable OffsetDateTime changedAt) {}

  /** How a page is to be shown. What is missing or null stays as it is. */
  @Schema(
      name = "PageOrder",
      examples =
          "{\"title\":\"Giá gạo nếp hôm nay\",\"titleLocked\":true,\"reason\":\"Sai tiêu đề\"}")
  public record PageOrder(
      @Schema(
              description =
                  "Its title in lists. Characters that are invisible or turn the direction of text are"
                      + " taken out",
              minLength = 1,
              maxLength = 300,
              nullable = true)
          @Nullable String title,
      @Schema(
              description =
                  "Whether the title stays, whatever pages send; true where a title is sent without it",
              nullable = true)
          Boolean titleLocked,
      @Schema(
              description =
                  "Whether public lists leave the page out. It is counted as before, and its own"
                      + " numbers can be read",
              nullable = true)
          Boolean hidden,
      @Schema(
              description = "Kept with who changed it, and when",
              minLength = 1,
              maxLength = 500,
              nullable = true)
          String reason) {

    /** Refused where a value is not allowed. */
    PageOrder checked() {
      FieldErrors errors = new FieldErrors();
      errors.require(
          title != null || titleLocked != null || hidden != null,
          "title",
          "send title, titleLocked or hidden: nothing to change was sent");
      String shown = PageTitle.of(title);
      errors.require(
          title == null
              || shown != null && title.codePointCount(0, title.length()) <= PageTitle.MOST_CHARS,
          "title",
          "1 to " + PageTitle.MOST_CHARS + " characters, not all of them invisible");
      errors.require(
          reason == null || Text.isFit(reason, Text.REASON), "reason", Text.rule(Text.REASON));
      errors.refuseIfAny();
      return new PageOrder(
          shown, titleLocked == null && shown != null ? Boolean.TRUE : titleLocked, hidden, reason);
    }
  }
}
