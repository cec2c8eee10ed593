package vn.luot.admin.overview;

import java.time.LocalDate;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

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
