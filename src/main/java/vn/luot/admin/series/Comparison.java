package vn.luot.admin.series;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.stream.Stream;
import vn.luot.admin.numbers.Span;
import vn.luot.refusal.Refusal;

/**
 * A period beside another one. Whole calendar months stand beside as many, other days beside as
 * many days, and what has its ends within a day beside as long a time. Of a period that is not over
 * its full hours are compared, with those of the other until the same day and hour.
 *
 * @param other the other period, whole
 * @param now the part of this period that is compared; empty where none of it is over
 * @param then the part of the other one
 */
record Comparison(Span other, Span now, Span then) {
  static final String RULES =
      """
      previous: the period right before. year: the one that begins a year earlier (29 February: on the 28th).\
       A date, or by hour a moment: the one that begins there. Whole calendar months are compared with as many\
       months (so a quarter with a quarter), also where the date begins a month; other days with as many days; what ends within\
       a day with as long a time. While the period is not over, its hours that are over are compared with the\
       other's until the same day and time of the clock: by months, until the same day of the same month, at most\
       its last. Visitors are kept by day: of them whole days are compared, and so are all numbers where the hours\
       of one of the days are not known, since details were removed or the day was imported.""";

  /** {@code asked} is {@code previous}, {@code year} or where the other period begins. */
  static Comparison of(String asked, Span period, Instant moment, boolean byDay) {
    ZoneId zone = period.zone();
    LocalDateTime from = local(period.from(), zone);
    LocalDateTime until = local(period.until(), zone);
    Length whole = Length.between(from, until);
    LocalDateTime begin =
        switch (asked) {
          case "previous" -> whole.before(from);
          case "year" -> from.minusYears(1);
          default -> chosen(asked, zone);
        };
    Length length = whole.at(begin, from, until);
    LocalDateTime end = length.after(begin);
    LocalDateTime over = until;
    LocalDateTime otherOver = end;
    if (moment.isBefore(period.until())) {
      over = local(Interval.HOUR.begin(moment, zone), zone);
      over = byDay ? over.with(LocalTime.MIN) : over;
      over = over.isBefore(from) ? from : over;
      otherOver = length.same(from, over, begin);
      otherOver = otherOver.isAfter(end) ? end : otherOver;
    }
    return new Comparison(
        span(begin, end, zone), span(from, over, zone), span(begin, otherOver, zone));
  }

  private static LocalDateTime chosen(String asked, ZoneId zone) {
    if (!Character.isDigit(asked.charAt(0))) {
      throw Refusal.ofField(
          "compare", "previous, year, or where the other period begins, such as 2026-11-01");
    }
    return local(Span.moment("compare", asked, zone), zone);
  }

  /** Points of days and longer begin where a day does. */
  void requireDays() {
    if (!isMidnight(other.from(), other.zone())) {
      throw Refusal.ofField("compare", "the beginning of a day; within a day take interval=hour");
    }
  }

  /** The days of which only the first hours are compared. */
  LocalDate[] cutDays() {
    return Stream.of(now, then)
        .filter(part -> !isMidnight(part.until(), part.zone()))
        .map(part -> part.until().atZone(part.zone()).toLocalDate())
        .toArray(LocalDate[]::new);
  }

  /** Whether a day begins there. */
  static boolean isMidnight(Instant moment, ZoneId zone) {
    return local(moment, zone).toLocalTime().equals(LocalTime.MIN);
  }

  /** The same comparison of whole days only: of nothing where the period does not begin a day. */
  Comparison ofDays() {
    return new Comparison(other, floor(now), floor(then));
  }

  private static Span floor(Span part) {
    Instant day = Interval.DAY.begin(part.until(), part.zone());
    boolean none = day.isBefore(part.from()) || !isMidnight(part.from(), part.zone());
    return new Span(part.from(), none ? part.from() : day, part.zone());
  }

  boolean isEmpty() {
    return !now.from().isBefore(now.until());
  }

  /** A day that begins at 1:00, as the clocks are put forward then, begins at 0:00 here. */
  private static LocalDateTime local(Instant moment, ZoneId zone) {
    LocalDateTime local = moment.atZone(zone).toLocalDateTime();
    LocalDateTime day = local.with(LocalTime.MIN);
    return instant(day, zone).equals(moment) ? day : local;
  }

  private static Span span(LocalDateTime from, LocalDateTime until, ZoneId zone) {
    return new Span(instant(from, zone), instant(until, zone), zone);
  }

  private static Instant instant(LocalDateTime local, ZoneId zone) {
    return local.toLocalTime().equals(LocalTime.MIN)
        ? local.toLocalDate().atStartOfDay(zone).toInstant()
        : local.atZone(zone).toInstant();
  }

  /** How long a period is: so many months, days or seconds. */
  private record Length(ChronoUnit unit, long count) {
    static Length between(LocalDateTime from, LocalDateTime until) {
      ChronoUnit unit =
          isMonth(from) && isMonth(until)
              ? ChronoUnit.MONTHS
              : isDay(from) && isDay(until) ? ChronoUnit.DAYS : ChronoUnit.SECONDS;
      return new Length(unit, unit.between(from, until));
    }

    private static boolean isMonth(LocalDateTime moment) {
      return moment.getDayOfMonth() == 1 && isDay(moment);
    }

    private static boolean isDay(LocalDateTime moment) {
      return moment.toLocalTime().equals(LocalTime.MIN);
    }

    /** Months only where they begin a month. */
    Length at(LocalDateTime begin, LocalDateTime from, LocalDateTime until) {
      return unit == ChronoUnit.MONTHS && !isMonth(begin)
          ? new Length(ChronoUnit.DAYS, ChronoUnit.DAYS.between(from, until))
          : this;
    }

    LocalDateTime before(LocalDateTime from) {
      return from.minus(count, unit);
    }

    LocalDateTime after(LocalDateTime from) {
      return from.plus(count, unit);
    }

    /** As far from {@code begin} as {@code over} is from {@code from}. */
    LocalDateTime same(LocalDateTime from, LocalDateTime over, LocalDateTime begin) {
      if (unit != ChronoUnit.MONTHS) {
        return begin.plus(ChronoUnit.SECONDS.between(from, over), ChronoUnit.SECONDS);
      }
      long months = ChronoUnit.MONTHS.between(from, over);
      long seconds = ChronoUnit.SECONDS.between(from.plusMonths(months), over);
      LocalDateTime last = begin.plusMonths(months + 1);
      LocalDateTime same = begin.plusMonths(months).plusSeconds(seconds);
      return same.isAfter(last) ? last : same;
    }
  }
}
