package vn.luot.admin.series;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.function.Supplier;
import vn.luot.admin.numbers.Details;
import vn.luot.admin.numbers.Numbers;
import vn.luot.admin.series.SeriesText.Filled;
import vn.luot.site.Site;

/** Reads the numbers of points. */
@ApplicationScoped
class SeriesReader {
  private final Numbers numbers;
  private final Details details;

  SeriesReader(Numbers numbers, Details details) {
    this.numbers = numbers;
    this.details = details;
  }

  /**
   * What a request asks for. Made off the event loops: finding where thousands of hours begin takes
   * tens of milliseconds.
   *
   * @param previous null where it is not asked for
   */
  record Asked(Metric metric, Interval interval, Question points, Question previous) {
    static Asked of(
        int site, Metric metric, Interval interval, Points points, boolean withPrevious) {
      return new Asked(
          metric,
          interval,
          Question.of(site, metric, interval, points),
          withPrevious ? Question.of(site, metric, interval, points.before(interval)) : null);
    }
  }

  private record Question(Points points, Tuple values) {
    static Question of(int site, Metric metric, Interval interval, Points points) {
      return new Question(points, parameters(site, metric, interval, points));
    }
  }

  /** The answer, a piece after the other; {@code asked} is refused where it makes no sense. */
  Multi<byte[]> read(Site site, Supplier<Asked> asked) {
    Context loop = Vertx.currentContext();
    // Subscribed to at once: Mutiny loses a cancellation that comes before an inner subscription.
    return Uni.createFrom()
        .voidItem()
        .emitOn(Infrastructure.getDefaultWorkerPool())
        .map(begin -> asked.get())
        .emitOn(next -> loop.runOnContext(again -> next.run()))
        .onItem()
        .transformToMulti(known -> read(site, known));
  }

  private Multi<byte[]> read(Site site, Asked asked) {
    return numbers
        .fresh(
            site,
            asOf -> details.keptFrom(site.id()).flatMap(keptFrom -> read(asked, asOf, keptFrom)))
        .onItem()
        .transformToMulti(pieces -> pieces);
  }

  /** One query after the other: a call holds one connection at most. */
  private Uni<Multi<byte[]>> read(Asked asked, OffsetDateTime asOf, LocalDate keptFrom) {
    return fill(asked, asked.points, keptFrom)
        .flatMap(
            points ->
                (asked.previous == null
                        ? Uni.createFrom().<Filled>nullItem()
                        : fill(asked, asked.previous, keptFrom))
                    .map(
                        previous ->
                            SeriesText.pieces(
                                asked.metric, asked.interval, asOf, points, previous)));
  }

  private Uni<Filled> fill(Asked asked, Question question, LocalDate keptFrom) {
    Points points = question.points;
    Instant known =
        asked.metric.isDetail(asked.interval) && keptFrom != null
            ? keptFrom.atStartOfDay(points.zone()).toInstant()
            : Instant.MIN;
    return numbers
        .query(asked.metric.query(asked.interval), question.values)
        .map(rows -> new Filled(points, sums(points, rows.iterator().next()), known));
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
