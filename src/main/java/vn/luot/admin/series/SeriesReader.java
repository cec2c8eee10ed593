package vn.luot.admin.series;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import vn.luot.admin.numbers.Details;
import vn.luot.admin.numbers.Numbers;
import vn.luot.site.Site;

/** Puts the points of a series together. */
@ApplicationScoped
class SeriesReader {
  private final Numbers numbers;
  private final Details details;

  SeriesReader(Numbers numbers, Details details) {
    this.numbers = numbers;
    this.details = details;
  }

  /** {@code compare}: with the points before. */
  Uni<Series> read(Site site, Metric metric, Interval interval, Points points, boolean compare) {
    return numbers.fresh(
        site,
        asOf ->
            details
                .keptFrom(site.id())
                .flatMap(
                    keptFrom ->
                        Uni.combine()
                            .all()
                            .unis(
                                values(site, metric, interval, points, keptFrom),
                                compare
                                    ? values(
                                        site, metric, interval, points.before(interval), keptFrom)
                                    : Uni.createFrom().<List<Series.Point>>nullItem())
                            .asTuple())
                .map(
                    both ->
                        new Series(
                            metric.label(),
                            interval.label(),
                            site.rules().timeZone(),
                            asOf,
                            both.getItem1(),
                            both.getItem2())));
  }

  private Uni<List<Series.Point>> values(
      Site site, Metric metric, Interval interval, Points points, LocalDate keptFrom) {
    Instant known =
        metric.isDetail(interval) && keptFrom != null
            ? keptFrom.atStartOfDay(points.zone()).toInstant()
            : Instant.MIN;
    return numbers
        .query(metric.query(interval), parameters(site.id(), metric, interval, points))
        .map(rows -> values(points, rows, known));
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

  /** Nothing counted is 0; {@code known} is since when that is certain. */
  private static List<Series.Point> values(Points points, Iterable<Row> rows, Instant known) {
    long[] sums = new long[points.begins().size()];
    for (Row row : rows) {
      sums[row.getInteger(0) - 1] = row.getLong(1);
    }
    List<Series.Point> values = new ArrayList<>(sums.length);
    for (int i = 0; i < sums.length; i++) {
      Instant begin = points.begins().get(i);
      values.add(
          new Series.Point(
              begin.atZone(points.zone()).toOffsetDateTime(),
              begin.isBefore(known) ? null : sums[i]));
    }
    return values;
  }
}
