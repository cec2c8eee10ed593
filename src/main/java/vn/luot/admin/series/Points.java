package vn.luot.admin.series;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import vn.luot.admin.numbers.Span;
import vn.luot.refusal.Refusal;

/**
 * Where the points of a series begin, without gaps.
 *
 * @param begins ascending
 * @param until where the last one ends
 */
record Points(List<Instant> begins, Instant until, ZoneId zone) {

  /** The points that a range touches; what it leaves open is as long as is usual. */
  static Points of(Span asked, Interval interval, Instant now, int most) {
    ZoneId zone = asked.zone();
    Instant end = asked.until() == null ? now.plusNanos(1) : asked.until();
    Instant last = interval.begin(end.minusNanos(1), zone);
    Instant until = interval.next(last, zone);
    Span whole = asked.or(back(until, interval, interval.standardPoints(), zone), until);
    List<Instant> begins = new ArrayList<>();
    for (Instant at = interval.begin(whole.from(), zone);
        at.isBefore(whole.until());
        at = interval.next(at, zone)) {
      if (begins.size() == most) {
        throw Refusal.ofRange(
            "from",
            "the range has more than "
                + most
                + " points: name a later from, an earlier to, or a longer interval");
      }
      begins.add(at);
    }
    return new Points(begins, until, zone);
  }

  private static Instant back(Instant until, Interval interval, int points, ZoneId zone) {
    Instant begin = until;
    for (int i = 0; i < points; i++) {
      begin = interval.previous(begin, zone);
    }
    return begin;
  }

  /** As many points, right before these. */
  Points before(Interval interval) {
    Deque<Instant> earlier = new ArrayDeque<>();
    Instant at = begins.get(0);
    for (int i = 0; i < begins.size(); i++) {
      at = interval.previous(at, zone);
      earlier.addFirst(at);
    }
    return new Points(List.copyOf(earlier), begins.get(0), zone);
  }

  /** As PostgreSQL's {@code width_bucket} takes them: begins, then the end. */
  OffsetDateTime[] moments() {
    OffsetDateTime[] moments = new OffsetDateTime[begins.size() + 1];
    for (int i = 0; i < begins.size(); i++) {
      moments[i] = begins.get(i).atOffset(ZoneOffset.UTC);
    }
    moments[begins.size()] = until.atOffset(ZoneOffset.UTC);
    return moments;
  }

  LocalDate[] days() {
    LocalDate[] days = new LocalDate[begins.size() + 1];
    for (int i = 0; i < begins.size(); i++) {
      days[i] = begins.get(i).atZone(zone).toLocalDate();
    }
    days[begins.size()] = until.atZone(zone).toLocalDate();
    return days;
  }
}
