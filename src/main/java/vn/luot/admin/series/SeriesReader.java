package vn.luot.admin.series;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import vn.luot.admin.numbers.Details;
import vn.luot.admin.numbers.Numbers;
import vn.luot.admin.series.Counted.Question;
import vn.luot.admin.series.SeriesText.Filled;
import vn.luot.site.Site;

/** Reads the numbers of points. */
@Singleton
record SeriesReader(Numbers numbers, Details details, ComparisonReader comparisons) {
  /**
   * What a request asks for.
   *
   * @param previous the points of the other period; null where nothing is compared, like comparison
   * @param now points that begin later have no number yet
   */
  record Asked(
      Counted counted,
      Interval interval,
      Question points,
      @Nullable Question previous,
      @Nullable Comparison comparison,
      Instant now) {
    static Asked of(
        Counted counted,
        Interval interval,
        Points points,
        @Nullable Comparison comparison,
        Instant now) {
      Question previous =
          comparison == null ? null : counted.in(Points.of(comparison.other(), interval), interval);
      Question asked = counted.in(points, interval);
      return new Asked(counted, interval, asked, previous, comparison, now);
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
        .flatMap(points -> compare(asked, asOf, keptFrom, points));
  }

  private Uni<Multi<byte[]>> compare(
      Asked asked, OffsetDateTime asOf, LocalDate keptFrom, Filled points) {
    Metric metric = asked.counted.metric();
    Interval interval = asked.interval;
    if (asked.comparison == null || asked.previous == null) {
      return Uni.createFrom().item(SeriesText.pieces(metric, interval, asOf, points, null, null));
    }
    return fill(asked, asked.previous, keptFrom)
        .flatMap(
            previous ->
                comparisons
                    .read(asked.counted, asked.comparison, keptFrom)
                    .map(
                        sums -> SeriesText.pieces(metric, interval, asOf, points, previous, sums)));
  }

  private Uni<Filled> fill(Asked asked, Question question, LocalDate keptFrom) {
    Points points = question.points();
    Instant known =
        asked.counted.isDetail(asked.interval) && keptFrom != null
            ? keptFrom.atStartOfDay(points.zone()).toInstant()
            : Instant.MIN;
    return question.read(numbers).map(found -> new Filled(points, found, known, asked.now));
  }
}
