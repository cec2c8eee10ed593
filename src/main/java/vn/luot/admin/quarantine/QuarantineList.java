package vn.luot.admin.quarantine;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What a site has in quarantine, and what became of what it had. */
@Schema(name = "QuarantineList")
public record QuarantineList(
    @Schema(
            description =
                "The list includes everything kept apart until then; null where that is not known",
            nullable = true)
        OffsetDateTime asOf,
    UsualRate usual,
    @Schema(description = "The last day first") List<QuarantinedDay> days,
    @Schema(description = "The cursor for the days that follow; null at the end", nullable = true)
        @Nullable String next) {

  /** What views are judged by. */
  @Schema(name = "UsualRate")
  public record UsualRate(
      @Schema(description = "Days with views among the last ones, today left out") int days,
      @Schema(description = "Views of a day's busiest hour, the median of these days")
          long busiestHour,
      @Schema(
              description =
                  "Views a minute beyond which they are kept apart; null where nothing is, because"
                      + " that is off or the days are too few",
              nullable = true)
          @Nullable Long burstAbovePerMinute) {}

  /** One local day. */
  @Schema(name = "QuarantinedDay")
  public record QuarantinedDay(
      LocalDate day,
      @Schema(description = "Kept apart; of a day judged already, when it was judged") long views,
      long visits,
      @Schema(description = "How many pages they were of; 0 where the day is judged")
          long pageCount,
      @Schema(description = "When there were views; empty where the day is judged")
          List<QuarantinedHour> hours,
      @Schema(description = "Most viewed first, at most 20; empty where the day is judged")
          List<QuarantinedPage> pages,
      @Schema(description = "When the day can be judged: soon after its end")
          OffsetDateTime judgeableFrom,
      @Schema(nullable = true) @Nullable DayVerdict verdict) {}

  /** One hour of a day. */
  @Schema(name = "QuarantinedHour")
  public record QuarantinedHour(OffsetDateTime from, long views, long visits) {}

  /** One page of a day. */
  @Schema(name = "QuarantinedPage")
  public record QuarantinedPage(
      @Schema(examples = "/tin-tuc/a") String path, long views, long visits) {}

  /** What an owner decided about a day. */
  @Schema(name = "DayVerdict")
  public record DayVerdict(
      @Schema(enumeration = {"admitted", "dropped"}) String verdict,
      String reason,
      @Schema(description = "Whose key it was") String by,
      OffsetDateTime at) {}
}
