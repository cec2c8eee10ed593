package vn.luot.admin.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.mail.MailMessage;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.luot.SampleSite;
import vn.luot.refusal.Refusal;
import vn.luot.site.Site;

/** Of which month a site's report is the last one that may be sent. */
@QuarkusTest
class MonthTest {
  @Inject MailReader reader;

  @ParameterizedTest
  @CsvSource({
    "2026-10-31T22:59:59Z, Asia/Ho_Chi_Minh, 2026-09",
    "2026-10-31T23:00:00Z, Asia/Ho_Chi_Minh, 2026-10",
    "2026-11-30T22:59:59Z, Asia/Ho_Chi_Minh, 2026-10",
    "2026-10-31T23:00:00Z, Europe/London, 2026-09",
    "2026-11-01T06:00:00Z, Europe/London, 2026-10",
    "2027-01-01T05:59:59Z, UTC, 2026-11",
    "2027-01-01T06:00:00Z, UTC, 2026-12",
    "2026-10-31T15:59:59Z, Pacific/Kiritimati, 2026-09",
    "2026-10-31T16:00:00Z, Pacific/Kiritimati, 2026-10",
  })
  void theMonthTurnsAtSixInTheSitesTimeZone(String now, String zone, String month) {
    Clock clock = Clock.fixed(Instant.parse(now), ZoneOffset.UTC);
    Site site = SampleSite.of(1, Map.of("timeZone", zone));
    assertEquals(month, new MonthlyMails(null, null, null, null, clock).over(site).toString());
  }

  /** As where the last flush that succeeded was before the month's end. */
  @Test
  void aReportIsNotMadeBeforeTheMonthIsWhole() {
    Mail mail =
        new Mail(
            1, "a@agency.example", "vi", "a", null, null, null, "2100-01", null, 0, null, null, 1);
    Uni<MailMessage> made = reader.read(SampleSite.of(1, Map.of()), mail, "luot.example");
    assertThrows(Refusal.class, () -> made.await().atMost(Duration.ofSeconds(30)));
  }
}
