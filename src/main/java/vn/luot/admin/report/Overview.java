package vn.luot.admin.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The sites of a key beside each other, and the sums of those with a label. */
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(name = "Overview")
public record Overview(
    @Schema(description = "By name in URLs") List<Line> sites,
    @Schema(description = "Of the sites above, by label; a site with two labels is in both")
        List<Group> labels,
    @Schema(description = "Of the sites above") Sums sum,
    @Schema(
            description = "What to send as after for the sites that follow; null at the end",
            nullable = true)
        @Nullable String next) {

  /** One site. */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  @Schema(name = "OverviewSite")
  public record Line(
      @Schema(examples = "bacninh") String id,
      @Schema(examples = "Cổng thông tin điện tử Bắc Ninh") String name,
      List<String> labels,
      @Schema(description = "Its first origin", examples = "https://bacninh.example.vn")
          String origin,
      @Schema(examples = "Asia/Ho_Chi_Minh") String timeZone,
      @Schema(examples = "300") int onlineWindowSeconds,
      @Schema(examples = "1800") int visitGapSeconds,
      @Schema(examples = "10") int repeatViewSeconds,
      Sums numbers,
      @Schema(description = "The hour of the last view; null where there was none", nullable = true)
          @Nullable OffsetDateTime lastViewAt,
      @Schema(
              description =
                  "Whole days without a view since the last one; null where there was none",
              nullable = true)
          @Nullable Long silentDays) {}

  /** The sites with a label. */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  @Schema(name = "OverviewLabel")
  public record Group(@Schema(examples = "Sở") String label, int sites, Sums sum) {}

  /** Views, in each site's own days. */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  @Schema(name = "OverviewNumbers")
  public record Sums(
      @Schema(description = "Visitors; null where that is not known", nullable = true)
          @Nullable Long online,
      @Schema(description = "Today's views") long today,
      @Schema(description = "Today's until the last full hour") long todayUntilHour,
      @Schema(description = "Yesterday's until the same time of the clock") long yesterdayUntilHour,
      @Schema(description = "Yesterday's") long yesterday,
      @Schema(description = "Views of the month, today's included") long month,
      @Schema(description = "Views of all time, opening balances included") long total) {

    static Sums of(List<Sums> added) {
      return added.stream().reduce(new Sums(0L, 0, 0, 0, 0, 0, 0), Sums::plus);
    }

    private Sums plus(Sums other) {
      return new Sums(
          online == null || other.online == null ? null : Long.valueOf(online + other.online),
          today + other.today,
          todayUntilHour + other.todayUntilHour,
          yesterdayUntilHour + other.yesterdayUntilHour,
          yesterday + other.yesterday,
          month + other.month,
          total + other.total);
    }
  }

  /** What all sites counted together, day by day. */
  @Schema(name = "OverviewDays")
  public record OverviewDays(
      @Schema(description = "How many sites are summed up", examples = "200") int sites,
      @Schema(
              description =
                  "Days on which one of them counted something, the earliest first; on other days"
                      + " nothing was counted")
          List<Day> days) {

    /** One day: of each site the day in its own time zone. */
    @Schema(name = "OverviewDay")
    public record Day(@Schema(examples = "2026-11-21") LocalDate day, long views, long visits) {}
  }
}
