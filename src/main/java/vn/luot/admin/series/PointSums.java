package vn.luot.admin.series;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import vn.luot.admin.numbers.Numbers;

/** Reads what was counted in each of some points. */
@ApplicationScoped
class PointSums {
  private final Numbers numbers;

  PointSums(Numbers numbers) {
    this.numbers = numbers;
  }

  /**
   * Made off the event loops: finding where thousands of hours begin takes tens of milliseconds.
   */
  record Question(Metric metric, Interval interval, Points points, Tuple values) {
    static Question of(int site, Metric metric, Interval interval, Points points) {
      return new Question(metric, interval, points, parameters(site, metric, interval, points));
    }
  }

  /** Nothing counted is 0. */
  Uni<long[]> read(Question asked) {
    return numbers
        .query(asked.metric.query(asked.interval), asked.values)
        .map(rows -> sums(asked.points, rows.iterator().next()));
  }

  private static Tuple parameters(int site, Metric metric, Interval interval, Points points) {
    OffsetDateTime[] moments = points.moments();
    LocalDate[] days = points.days();
    OffsetDateTime end = moments[moments.length - 1];
    LocalDate lastDay = end.minusNanos(1).atZoneSameInstant(points.zone()).toLocalDate();
    if (metric == Metric.VOTES) {
      return Tuple.of(site, moments, moments[0], end);
    }
    if (metric.isByMoment(interval)) {
      // A day's rows may lie in the day before or after where the site moved to another zone.
      return Tuple.of(site, moments, days[0].minusDays(1), lastDay.plusDays(1), moments[0], end);
    }
    return Tuple.of(site, days, days[0], lastDay);
  }

  /** Nothing counted is 0. */
  private static long[] sums(Points points, Row row) {
    long[] sums = new long[points.begins().size()];
    Integer[] places = row.getArrayOfIntegers(0);
    Long[] found = row.getArrayOfLongs(1);
    for (int i = 0; i < places.length; i++) {
      sums[places[i] - 1] = found[i];
    }
    return sums;
  }
}
