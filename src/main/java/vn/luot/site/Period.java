package vn.luot.site;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;

/**
 * The hour, and the day it is in, that hits of a site count into at a moment.
 *
 * @param day the site's local day
 * @param hour where the hour begins, in seconds of Unix time
 * @param from first millisecond of Unix time that counts into this hour and day
 * @param until first millisecond that no longer does
 */
public record Period(LocalDate day, long hour, long from, long until) {

  /** The period of a moment, in milliseconds of Unix time. A change of the clocks ends an hour. */
  public static Period at(ZoneId zone, long millis) {
    Instant now = Instant.ofEpochMilli(millis);
    ZonedDateTime local = now.atZone(zone);
    // At the offset of now: one that changes by half an hour makes the hour before it another.
    Instant from = local.toOffsetDateTime().truncatedTo(ChronoUnit.HOURS).toInstant();
    Instant until = from.plus(1, ChronoUnit.HOURS);
    ZoneOffsetTransition last = zone.getRules().previousTransition(now.plusMillis(1));
    if (last != null && last.getInstant().isAfter(from)) {
      from = last.getInstant();
    }
    ZoneOffsetTransition next = zone.getRules().nextTransition(now);
    if (next != null && next.getInstant().isBefore(until)) {
      until = next.getInstant();
    }
    return new Period(
        local.toLocalDate(), from.getEpochSecond(), from.toEpochMilli(), until.toEpochMilli());
  }

  public boolean contains(long millis) {
    return from <= millis && millis < until;
  }

  /** When the day begins in a zone, in milliseconds of Unix time. */
  public static long startOf(LocalDate day, ZoneId zone) {
    return day.atStartOfDay(zone).toInstant().toEpochMilli();
  }
}
