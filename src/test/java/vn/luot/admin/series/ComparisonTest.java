package vn.luot.admin.series;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.luot.admin.numbers.Span;

class ComparisonTest {
  private static final ZoneId HERE = ZoneId.of("Asia/Ho_Chi_Minh");

  private static Comparison compare(String asked, String from, String to, String now, ZoneId zone) {
    Instant moment = LocalDateTime.parse(now).atZone(zone).toInstant();
    return Comparison.of(asked, Span.of(from, to, zone), moment, false);
  }

  private static String written(Span span) {
    return span.from().atZone(span.zone()).toLocalDateTime()
        + "/"
        + span.until().atZone(span.zone()).toLocalDateTime();
  }

  @ParameterizedTest
  @CsvSource({
    // A day, a week, and other days: as many days.
    "previous,   2026-11-20, 2026-11-20, 2026-11-19T00:00/2026-11-20T00:00",
    "previous,   2026-11-16, 2026-11-22, 2026-11-09T00:00/2026-11-16T00:00",
    "previous,   2026-03-02, 2026-03-31, 2026-01-31T00:00/2026-03-02T00:00",
    "year,       2026-11-16, 2026-11-22, 2025-11-16T00:00/2025-11-23T00:00",
    "2026-01-05, 2026-11-16, 2026-11-22, 2026-01-05T00:00/2026-01-12T00:00",
    // Whole months: as many months.
    "previous,   2026-03-01, 2026-03-31, 2026-02-01T00:00/2026-03-01T00:00",
    "previous,   2026-07-01, 2026-09-30, 2026-04-01T00:00/2026-07-01T00:00",
    "previous,   2026-01-01, 2026-12-31, 2025-01-01T00:00/2026-01-01T00:00",
    "year,       2025-02-01, 2025-02-28, 2024-02-01T00:00/2024-03-01T00:00",
    "year,       2024-02-01, 2024-02-29, 2023-02-01T00:00/2023-03-01T00:00",
    "2025-04-01, 2026-10-01, 2026-10-31, 2025-04-01T00:00/2025-05-01T00:00",
    "2025-04-02, 2026-10-01, 2026-10-31, 2025-04-02T00:00/2025-05-03T00:00",
    // A leap day.
    "year,       2024-02-29, 2024-02-29, 2023-02-28T00:00/2023-03-01T00:00",
    "year,       2025-02-28, 2025-02-28, 2024-02-28T00:00/2024-02-29T00:00",
  })
  void theOtherPeriodIsAsLong(String asked, String from, String to, String other) {
    Comparison compared = compare(asked, from, to, "2026-12-31T12:00", HERE);
    assertEquals(other, written(compared.other()));
    if (!to.startsWith("2026-12")) {
      assertEquals(other, written(compared.then()));
    }
  }

  @ParameterizedTest
  @CsvSource({
    // The full hours of a day that is not over, beside the same ones.
    "previous, 2026-11-20, 2026-11-20, 2026-11-20T10:59, 2026-11-20T10:00, 2026-11-19T10:00",
    "previous, 2026-11-16, 2026-11-22, 2026-11-18T08:10, 2026-11-18T08:00, 2026-11-11T08:00",
    "previous, 2026-11-01, 2026-11-30, 2026-11-29T10:30, 2026-11-29T10:00, 2026-10-29T10:00",
    "year,     2026-11-01, 2026-11-30, 2026-11-29T10:30, 2026-11-29T10:00, 2025-11-29T10:00",
    // March has days that February lacks.
    "previous, 2026-03-01, 2026-03-31, 2026-03-30T10:30, 2026-03-30T10:00, 2026-03-01T00:00",
    // By months: not a day off after 29 February.
    "year,     2024-01-01, 2024-12-31, 2024-07-01T06:00, 2024-07-01T06:00, 2023-07-01T06:00",
    "year,     2025-01-01, 2025-12-31, 2025-07-01T06:00, 2025-07-01T06:00, 2024-07-01T06:00",
    "year,     2024-01-01, 2024-12-31, 2024-02-29T06:00, 2024-02-29T06:00, 2023-03-01T00:00",
    "previous, 2026-10-01, 2026-12-31, 2026-11-29T06:00, 2026-11-29T06:00, 2026-08-29T06:00",
  })
  void ofWhatIsNotOverTheSamePartIsCompared(
      String asked, String from, String to, String now, String until, String otherUntil) {
    Comparison compared = compare(asked, from, to, now, HERE);
    assertEquals(until, written(compared.now()).split("/")[1]);
    assertEquals(otherUntil, written(compared.then()).split("/")[1]);
  }

  /** Constant traffic: as much in either part as it has hours. */
  @ParameterizedTest
  @CsvSource({
    "Asia/Ho_Chi_Minh,    2026-11-20, 2026-11-20T10:30, 10, 10",
    // The day has 23 hours, and 25: by the clock it is one hour less, or more.
    "Europe/Berlin,       2026-03-29, 2026-03-29T10:30,  9, 10",
    "Europe/Berlin,       2026-03-30, 2026-03-30T10:30, 10,  9",
    "Europe/Berlin,       2026-10-25, 2026-10-25T10:30, 11, 10",
    "Europe/Berlin,       2026-10-26, 2026-10-26T10:30, 10, 11",
    // The day begins at 1:00.
    "Africa/Cairo,        2026-04-24, 2026-04-24T10:30,  9, 10",
    "Africa/Cairo,        2026-04-25, 2026-04-25T10:30, 10,  9",
  })
  void aChangeOfTheClocksIsAnHour(ZoneId zone, String day, String now, long hours, long others) {
    Comparison compared = compare("previous", day, day, now, zone);
    assertEquals(hours, hours(compared.now()));
    assertEquals(others, hours(compared.then()));
  }

  private static long hours(Span span) {
    return java.time.Duration.between(span.from(), span.until()).toHours();
  }

  @Test
  void inItsFirstHourNothingOfADayIsCompared() {
    assertEquals(
        true, compare("previous", "2026-11-20", "2026-11-20", "2026-11-20T00:40", HERE).isEmpty());
  }

  @Test
  void visitorsAreComparedByWholeDays() {
    Instant now = Instant.parse("2026-11-18T03:30:00Z");
    Span week = Span.of("2026-11-16", "2026-11-22", HERE);
    Comparison compared = Comparison.of("previous", week, now, true);
    assertEquals("2026-11-16T00:00/2026-11-18T00:00", written(compared.now()));
    assertEquals("2026-11-09T00:00/2026-11-11T00:00", written(compared.then()));
  }

  @Test
  void hoursAreComparedWithAsManyHours() {
    Span span = Span.of("2026-11-20T06:00:00+07:00", "2026-11-20T09:00:00+07:00", HERE);
    Comparison compared =
        Comparison.of("previous", span, Instant.parse("2026-11-21T00:00:00Z"), false);
    assertEquals("2026-11-20T03:00/2026-11-20T06:00", written(compared.then()));
  }
}
