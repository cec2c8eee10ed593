package vn.luot.admin.baseline;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import vn.luot.admin.call.Text;
import vn.luot.refusal.FieldErrors;
import vn.luot.site.PageRule;
import vn.luot.site.Site;
import vn.luot.site.page.Page;

/** An opening balance to be entered. What is missing or null is left as it was; 0 takes it away. */
@Schema(
    name = "NewBaseline",
    requiredProperties = "reason",
    examples = "{\"views\":2743755,\"visits\":null,\"reason\":\"Số liệu cổng cũ đến 30/11/2026\"}")
public record BaselineOrder(
    @Schema(
            description =
                "The page's path or explicit id; without it, the site itself: then views and visits"
                    + " are the site's, and the rating the portal's",
            maxLength = 2048,
            nullable = true,
            examples = "/tin-tuc/a")
        String page,
    @Schema(
            description = "Page views counted before Luot",
            minimum = "0",
            maximum = "1000000000000000",
            nullable = true,
            examples = "2743755")
        Long views,
    @Schema(
            description = "Visits counted before Luot; of the site only",
            minimum = "0",
            maximum = "1000000000000000",
            nullable = true)
        Long visits,
    @Schema(description = "Votes cast before Luot", nullable = true) Votes rating,
    @Schema(
            description = "Why, for whoever asks where the number comes from",
            minLength = 1,
            maxLength = 500)
        String reason) {

  /** Votes as an opening balance has them: nobody knows any more who gave how many stars. */
  @Schema(
      name = "BaselineRating",
      requiredProperties = {"count", "sum"})
  public record Votes(
      @Schema(
              description = "Number of votes",
              minimum = "0",
              maximum = "1000000000000000",
              examples = "423")
          Long count,
      @Schema(
              description = "Sum of their stars, from count to 5 times count",
              minimum = "0",
              maximum = "5000000000000000",
              examples = "1804")
          Long sum) {}

  /** Refused where a value is not allowed. */
  Balance checked(Site site) {
    Page of = page == null ? Page.PORTAL : PageRule.counted(site, page, "page");
    Balance balance =
        new Balance(
            of,
            views,
            visits,
            rating == null ? null : rating.count,
            rating == null ? null : rating.sum);
    FieldErrors errors = new FieldErrors();
    errors.require(
        views != null || visits != null || rating != null,
        "views",
        "send views, visits or rating: nothing to enter was sent");
    errors.require(
        rating == null || rating.count != null || rating.sum != null,
        "rating",
        "send count and sum");
    balance.check(errors, "rating.count", "rating.sum");
    errors.require(
        Text.isFit(reason, Text.REASON),
        "reason",
        "1 to 500 characters that say why, none of them a control");
    errors.refuseIfAny();
    return balance;
  }
}
