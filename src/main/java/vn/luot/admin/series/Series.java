package vn.luot.admin.series;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A number over time, as {@link SeriesText} writes it; {@link Metric} says of which names. */
@Schema(
    name = "Series",
    requiredProperties = {"metric", "interval", "timeZone", "asOf", "sum", "points"})
public record Series(
    String metric,
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
    @Schema(
            description =
                "The sum of the points that have begun; null where one of them is not known",
            nullable = true,
            examples = "24360")
        Long sum,
    @Schema(
            description =
                "The points of the other period, where compare asks for one, the earliest first;"
                    + " a month may have more or fewer of them")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        List<Point> previous,
    @Schema(description = "Both periods in one number each, where compare asks for it")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        Compared comparison) {

  /** What is compared, and how much it is. */
  @Schema(
      name = "Compared",
      requiredProperties = {"from", "to", "until", "otherUntil", "value", "other", "countedSince"})
  public record Compared(
      @Schema(description = "When the other period begins") OffsetDateTime from,
      @Schema(description = "When the other period ends") OffsetDateTime to,
      @Schema(description = "Of this period is compared what comes before") OffsetDateTime until,
      @Schema(description = "Of the other one is compared what comes before")
          OffsetDateTime otherUntil,
      @Schema(
              description = "This period's number; null where nothing of it is over, or not known",
              nullable = true)
          @Nullable Long value,
      @Schema(
              description =
                  "The other one's; null where value is, and where the site was not counted yet",
              nullable = true)
          @Nullable Long other,
      @Schema(
              description =
                  "The site's first counted day (of a page's numbers: that is kept) where that is"
                      + " within the other period, whose number is then one of fewer days; else"
                      + " null",
              nullable = true)
          @Nullable LocalDate countedSince) {}

  /** One interval. */
  @Schema(
      name = "Point",
      requiredProperties = {"from", "value"})
  public record Point(
      @Schema(
              description = "When it begins, within the period",
              examples = "2026-11-21T00:00:00+07:00")
          OffsetDateTime from,
      @Schema(
              description =
                  "null where it has not begun, or where the site no longer keeps it (detailDays)",
              nullable = true,
              examples = "812")
          Long value) {}
}
