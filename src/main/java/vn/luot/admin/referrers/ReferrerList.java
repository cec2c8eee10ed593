package vn.luot.admin.referrers;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Where visitors came from. */
@RegisterForReflection(targets = {ReferrerList.class, ReferrerList.ReferrerEntry.class})
@Schema(name = "ReferrerList")
public record ReferrerList(
    @Schema(description = "First local day") LocalDate from,
    @Schema(description = "Last local day, which is within") LocalDate to,
    @Schema(description = "IANA time zone of the days") String timeZone,
    @Schema(
            description =
                "The numbers include everything counted until then; null where that is not known",
            nullable = true)
        OffsetDateTime asOf,
    @Schema(
            description =
                "First day whose referrers are still kept (detailDays); ranges that begin before are"
                    + " incomplete. null where all are kept",
            nullable = true)
        LocalDate detailFrom,
    @Schema(description = "Most views first; ~other, beyond the day's limit of hosts, last")
        List<ReferrerEntry> referrers) {

  /** One host. */
  @Schema(name = "ReferrerEntry")
  public record ReferrerEntry(
      @Schema(description = "Host only, never an address", examples = "www.google.com") String host,
      @Schema(description = "Views that came from there") long views) {}
}
