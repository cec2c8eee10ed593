package vn.luot.admin.quarantine;

import jakarta.inject.Singleton;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import vn.luot.refusal.Refusal;
import vn.luot.site.Site;

/** The days that can be judged: registers of pages are kept by day, so nothing less can be. */
@Singleton
record JudgedDay(QuarantineSettings settings) {
  private static final String DATE = "20\\d{2}-\\d{2}-\\d{2}";

  static LocalDate of(String written) {
    try {
      if (written.matches(DATE)) {
        return LocalDate.parse(written);
      }
    } catch (DateTimeException e) {
      // Answered below, like what does not look like a day.
    }
    throw Refusal.ofField("day", "a local day such as 2026-11-20");
  }

  /** When all of a day is there to be judged. */
  Instant from(LocalDate day, Site site) {
    return day.plusDays(1).atStartOfDay(site.zone()).toInstant().plus(settings.judgeAfter());
  }
}
