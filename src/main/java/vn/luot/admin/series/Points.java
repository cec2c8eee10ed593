package vn.luot.admin.series;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import vn.luot.admin.numbers.Span;
import vn.luot.refusal.Refusal;

/**
 * Where the points of a series begin, without gaps.
 *
 * @param begins ascending
 * @param until where the last one ends
 */
record Points(List<Instant> begins, Instant until, ZoneId zone) {

  /**
   * The points of a range, the first and the last of them as long as the range leaves them. Its
   * ends are taken to whole hours by hour and to whole days by any other interval.
   */
  static Points of(Span asked, Interval interval, Instant now, int most) {
    ZoneId zone = asked.zone();
    Interval grain = interval == Interval.HOUR ? Interval.HOUR : Interval.DAY;
    Instant until =
        asked.isWithoutEnd()
            ? interval.next(interval.begin(now, zone), zone)
            : end(asked.until(), grain, zone);
    Span whole = asked.or(back(until, interval, zone), until);
    return between(new Span(grain.begin(whole.from(), zone), until, zone), interval, most);
  }

  /** The points of another period. */
  static Points of(Span period, Interval interval) {
    return between(period, interval, Integer.MAX_VALUE);
  }

  private static Points between(Span period, Interval interval, int most) {
    ZoneId zone = period.zone();
    List<Instant> begins = new ArrayList<>();
    for (Instant at = period.from();
        at.isBefore(period.until());
        at = interval.next(interval.begin(at, zone), zone)) {
      if (begins.size() == most) {
        throw Refusal.ofRange(
            "from",
            "the range has more than "
                + most
                + " points: name a later from, an earlier to, or a longer interval");
      }
      begins.add(at);
    }
    return new Points(begins, period.until(), zone);
  }

  private static Instant end(Instant until, Interval grain, ZoneId zone) {
    return grain.next(grain.begin(until.minusNanos(1), zone), zone);
  }

  private static Instant back(Instant until, Interval interval, ZoneId zone) {
    Instant begin = interval.begin(until.minusNanos(1), zone);
    for (int i = 1; i < interval.standardPoints(); i++) {
      begin = interval.previous(begin, zone);
    }
    return begin;
  }

  Span period() {
    return new Span(begins.get(0), until, zone);
  }

  /** As PostgreSQL's {@code width_bucket} takes them: begins, then the end. */
  OffsetDateTime[] moments() {
    return ends().map(moment -> moment.atOffset(ZoneOffset.UTC)).toArray(OffsetDateTime[]::new);
  }

  LocalDate[] days() {
    return ends().map(moment -> LocalDate.ofInstant(moment, zone)).toArray(LocalDate[]::new);
  }

  private Stream<Instant> ends() {
    return Stream.concat(begins.stream(), Stream.of(until));
  }
}
