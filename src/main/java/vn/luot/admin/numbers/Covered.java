package vn.luot.admin.numbers;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import vn.luot.site.Site;

/** Which days a list of numbers is of: its first fields. */
public record Covered(
    @Schema(description = "First local day of the range; null for all time", nullable = true)
        LocalDate from,
    @Schema(description = "Last local day, which is within; null for all time", nullable = true)
        LocalDate to,
    @Schema(description = "IANA time zone of the days") String timeZone,
    @Schema(
            description =
                "The numbers include everything counted until then; null where that is not known",
            nullable = true)
        OffsetDateTime asOf,
    @Schema(
            description =
                "First day of which such numbers are still kept (detailDays); ranges that begin"
                    + " before are incomplete. null where all are kept",
            nullable = true)
        LocalDate detailFrom) {

  /** {@code span} is null for all time. */
  static Covered of(Site site, Span span, OffsetDateTime asOf, LocalDate keptFrom) {
    return new Covered(
        span == null ? null : span.firstDay(),
        span == null ? null : span.lastDay(),
        site.rules().timeZone(),
        asOf,
        keptFrom);
  }
}
