package vn.luot.admin.pages;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import vn.luot.admin.body.Text;
import vn.luot.refusal.FieldErrors;
import vn.luot.site.page.PageTitle;

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
        String title,
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
