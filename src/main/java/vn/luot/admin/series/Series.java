package vn.luot.admin.series;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.OffsetDateTime;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A number over time, as {@link SeriesText} writes it. */
@Schema(
    name = "Series",
    requiredProperties = {"metric", "interval", "timeZone", "asOf", "points"})
public record Series(
    @Schema(enumeration = {"views", "visits", "visitors", "votes", "bots"}) String metric,
    @Schema(enumeration = {"hour", "day", "week", "month", "year"}) String interval,
    @Schema(description = "IANA time zone the points begin in", examples = "Asia/Ho_Chi_Minh")
        String timeZone,
    @Schema(
            description =
                "The numbers include everything counted until then; null where that is not known",
            nullable = true)
        OffsetDateTime asOf,
    @Schema(description = "One for each interval, without gaps, the earliest first")
        List<Point> points,
    @Schema(description = "As many points right before those, where compare=previous asks for them")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        List<Point> previous) {

  /** One interval. */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  @Schema(
      name = "Point",
      requiredProperties = {"from", "value"})
  public record Point(
      @Schema(description = "When it begins", examples = "2026-11-21T00:00:00+07:00")
          OffsetDateTime from,
      @Schema(
              description = "null where the site no longer keeps it (detailDays)",
              nullable = true,
              examples = "812")
          Long value) {}
}
