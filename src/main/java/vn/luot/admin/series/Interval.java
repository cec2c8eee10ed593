package vn.luot.admin.series;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import vn.luot.refusal.Refusal;
import vn.luot.site.Period;

/**
 * How long a point of a series is, in the site's zone. Where the clocks change, a day has 23 or 25
 * hours, and an hour may be a shorter one, as hits were counted into it.
 */
enum Interval {
  HOUR(null, 24),
  DAY(ChronoUnit.DAYS, 30),
  WEEK(ChronoUnit.WEEKS, 12),
  MONTH(ChronoUnit.MONTHS, 12),
  YEAR(ChronoUnit.YEARS, 5);

  private final @Nullable ChronoUnit unit;
  private final int standardPoints;

  Interval(@Nullable ChronoUnit unit, int standardPoints) {
    this.unit = unit;
    this.standardPoints = standardPoints;
  }

  static Interval of(String label) {
    for (Interval interval : values()) {
      if (interval.label().equals(label)) {
        return interval;
      }
    }
    throw Refusal.ofField("interval", "one of hour, day, week, month, year");
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** How many points are shown where the range is not named. */
  int standardPoints() {
    return standardPoints;
  }

  /** Where the interval begins that a moment is in. */
  Instant begin(Instant moment, ZoneId zone) {
    if (this == HOUR) {
      return Instant.ofEpochMilli(Period.at(zone, moment.toEpochMilli()).from());
    }
    return first(moment.atZone(zone).toLocalDate()).atStartOfDay(zone).toInstant();
  }

  private LocalDate first(LocalDate day) {
    return switch (this) {
      case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
      case MONTH -> day.withDayOfMonth(1);
      case YEAR -> day.withDayOfYear(1);
      default -> day;
    };
  }

  /** Where the interval after the one that begins here begins. */
  Instant next(Instant begin, ZoneId zone) {
    if (this == HOUR) {
      return Instant.ofEpochMilli(Period.at(zone, begin.toEpochMilli()).until());
    }
    return day(begin, zone).plus(1, unit).atStartOfDay(zone).toInstant();
  }

  /** Where the interval before the one that begins here begins. */
  Instant previous(Instant begin, ZoneId zone) {
    if (this == HOUR) {
      return begin(begin.minusMillis(1), zone);
    }
    return day(begin, zone).minus(1, unit).atStartOfDay(zone).toInstant();
  }

  private static LocalDate day(Instant begin, ZoneId zone) {
    return begin.atZone(zone).toLocalDate();
  }
}
