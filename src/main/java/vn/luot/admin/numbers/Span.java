package vn.luot.admin.numbers;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import vn.luot.refusal.Refusal;

/**
 * From a moment until another, as a request names them: a local date (a last day is wholly within)
 * or a moment of RFC 3339 (a last one is the first that is not within).
 *
 * @param from {@link Instant#MIN} where the request does not name it
 * @param until first moment that is not within; {@link Instant#MAX} where the request does not name
 *     it
 */
public record Span(Instant from, Instant until, ZoneId zone) {
  /** Nothing of before it is read, and so nothing imported. */
  public static final LocalDate FIRST_DAY = LocalDate.of(2000, 1, 1);

  private static final int LAST_YEAR = 2100;
  private static final String DATE = "\\d{4}-\\d{2}-\\d{2}";

  /** How the two parameters are described to callers. */
  public static final String FROM =
      "First day (local date, 2026-11-01) or moment (RFC 3339), of the years 2000 to 2100";

  public static final String TO =
      "Last day (local date, which is wholly within) or the moment (RFC 3339) that ends the range"
          + " and is itself outside of it; not before from";

  /** Either may be null or empty. */
  public static Span of(@Nullable String from, @Nullable String to, ZoneId zone) {
    Span span =
        new Span(
            from == null || from.isEmpty() ? Instant.MIN : moment("from", from, zone, 0),
            to == null || to.isEmpty() ? Instant.MAX : moment("to", to, zone, 1),
            zone);
    span.requireOrder();
    return span;
  }

  /** What one parameter names. */
  public static Instant moment(String field, String written, ZoneId zone) {
    return moment(field, written, zone, 0);
  }

  private static Instant moment(String field, String written, ZoneId zone, int daysAfter) {
    try {
      boolean date = written.matches(DATE);
      Instant moment =
          date
              ? LocalDate.parse(written).plusDays(daysAfter).atStartOfDay(zone).toInstant()
              // A + that was not escaped arrives as a blank.
              : OffsetDateTime.parse(written.replace(' ', '+')).toInstant();
      int year =
          date
              ? LocalDate.parse(written).getYear()
              : moment.minusNanos(daysAfter).atZone(zone).getYear();
      if (year >= FIRST_DAY.getYear() && year <= LAST_YEAR) {
        return moment;
      }
    } catch (DateTimeException e) {
      // Answered below, like a year nobody counted in.
    }
    throw Refusal.ofRange(
        field,
        "a day such as 2026-11-21, or a moment such as 2026-11-21T00:00:00%2B07:00, of the years "
            + FIRST_DAY.getYear()
            + " to "
            + LAST_YEAR);
  }

  private void requireOrder() {
    if (!from.isBefore(until)) {
      throw Refusal.ofRange("from", "comes after to; exchange the two");
    }
  }

  /** With what the request did not name. */
  public Span or(Instant otherFrom, Instant otherUntil) {
    Span whole =
        new Span(isSinceEver() ? otherFrom : from, isWithoutEnd() ? otherUntil : until, zone);
    if (!whole.from.isBefore(whole.until)) {
      throw Refusal.ofRange(
          isSinceEver() ? "to" : "from", "leaves nothing of the range; name both from and to");
    }
    return whole;
  }

  /** From the beginning and until the day that a moment lies in has ended. */
  public Span orSinceEver(Instant now) {
    return or(
        FIRST_DAY.atStartOfDay(zone).toInstant(),
        now.atZone(zone).toLocalDate().plusDays(1).atStartOfDay(zone).toInstant());
  }

  /** The local days that the range touches. */
  public Span wholeDays() {
    return new Span(
        firstDay().atStartOfDay(zone).toInstant(),
        lastDay().plusDays(1).atStartOfDay(zone).toInstant(),
        zone);
  }

  public boolean isOpen() {
    return isSinceEver() && isWithoutEnd();
  }

  private boolean isSinceEver() {
    return from.equals(Instant.MIN);
  }

  public boolean isWithoutEnd() {
    return until.equals(Instant.MAX);
  }

  public LocalDate firstDay() {
    return from.atZone(zone).toLocalDate();
  }

  public LocalDate lastDay() {
    return until.minusNanos(1).atZone(zone).toLocalDate();
  }
}
