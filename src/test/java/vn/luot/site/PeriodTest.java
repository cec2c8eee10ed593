package vn.luot.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeriodTest {
  private static Period at(String zone, String instant) {
    return Period.at(ZoneId.of(zone), Instant.parse(instant).toEpochMilli());
  }

  @Test
  void theDayOfAVietnamesePortalBeginsAtItsMidnight() {
    Period before = at("Asia/Ho_Chi_Minh", "2026-11-20T16:59:59.999Z");
    Period after = at("Asia/Ho_Chi_Minh", "2026-11-20T17:00:00.000Z");
    assertEquals(LocalDate.of(2026, 11, 20), before.day());
    assertEquals(LocalDate.of(2026, 11, 21), after.day());
    assertEquals(before.until(), after.from());
  }

  /** Half-hour zones, whole and half-hour changes of the clocks, a day without midnight. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Asia/Ho_Chi_Minh",
        "Europe/Paris",
        "America/New_York",
        "Asia/Kathmandu",
        "Australia/Lord_Howe",
        "America/Havana",
        "Asia/Beirut"
      })
  void everyMomentOfAYearIsInExactlyOneHour(String name) {
    ZoneId zone = ZoneId.of(name);
    long end = Instant.parse("2027-01-02T00:00:00Z").toEpochMilli();
    Period period = Period.at(zone, Instant.parse("2026-01-01T00:00:00Z").toEpochMilli());
    while (period.from() < end) {
      Period next = Period.at(zone, period.until());
      assertEquals(period.until(), next.from());
      assertTrue(next.until() > next.from() && next.until() - next.from() <= 3_600_000);
      assertTrue(!next.day().isBefore(period.day()));
      assertEquals(period, Period.at(zone, period.until() - 1));
      period = next;
    }
  }

  @Test
  void theRepeatedHourOfAutumnIsTwoHours() {
    Period first = at("Europe/Paris", "2026-10-25T00:30:00Z");
    Period second = at("Europe/Paris", "2026-10-25T01:30:00Z");
    assertEquals(first.day(), second.day());
    assertEquals(3600, second.hour() - first.hour());
  }
}
