package vn.luot.admin.baseline;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.OffsetDateTime;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Opening balances in force, and the entries that made them, the newest first. */
@Schema(name = "Baselines")
public record BaselineList(
    @Schema(description = "The site's own") Current site,
    @Schema(description = "Pages with a balance, in no order that means anything")
        List<Current> pages,
    @Schema(description = "Who entered what, when and why, the newest first; never changed")
        List<Entry> entries,
    @Schema(
            description = "What to send as cursor for what follows; null at the end of both lists",
            nullable = true)
        @Nullable String next) {

  /** A balance as it is now. */
  @Schema(name = "Baseline")
  public record Current(
      @Schema(description = "The page's path or id; null for the site itself", nullable = true)
          @Nullable String page,
      @Schema(description = "Added to the views of all time") long views,
      @Schema(
              description = "Added to the site's visits of all time; null for a page",
              nullable = true)
          @Nullable Long visits,
      BaselineOrder.Votes rating,
      @Schema(description = "When it was last entered; null where it never was", nullable = true)
          @Nullable OffsetDateTime changedAt) {}

  /** One entry. Null is what it left as it was. */
  @Schema(name = "BaselineEntry")
  public record Entry(
      long id,
      @Schema(description = "Null for the site itself", nullable = true) @Nullable String page,
      @Schema(nullable = true) Long views,
      @Schema(nullable = true) Long visits,
      @Schema(nullable = true) BaselineOrder.@Nullable Votes rating,
      String reason,
      @Schema(description = "Whose key, or which person") String by,
      OffsetDateTime at,
      @Schema(description = "The import it came with; null for a single entry", nullable = true)
          @JsonProperty("import")
          Long importId) {}
}
