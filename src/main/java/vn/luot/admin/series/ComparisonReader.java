package vn.luot.admin.series;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.luot.admin.numbers.Numbers;
import vn.luot.admin.numbers.Span;

/** Sums up both parts of a comparison. */
@Singleton
record ComparisonReader(Numbers numbers) {
  /**
   * The first counted day, and whether a day that is cut has no hours: its details were removed
   * (epoch 0), or it was imported (epoch -1).
   */
  private static final String DAYS =
      """
      SELECT (SELECT min(day) FROM daily_total WHERE site_id = $1),
        EXISTS (SELECT FROM hourly_views
          WHERE site_id = $1 AND day = ANY ($2::date[]) AND epoch IN (0, -1))
      """;

  /** {@code keptFrom}: the first day of which details are kept; null where all are. */
  Uni<Series.Compared> read(Counted counted, Comparison asked, LocalDate keptFrom) {
    LocalDate kept = counted.isDetail(Interval.DAY) ? keptFrom : null;
    return numbers
        .query(DAYS, Tuple.of(counted.site(), asked.cutDays()))
        .map(rows -> rows.iterator().next())
        .flatMap(
            days -> {
              boolean whole = !counted.metric().isOfVotes() && days.getBoolean(1);
              LocalDate first = days.getLocalDate(0);
              return read(
                  counted,
                  whole ? asked.ofDays() : asked,
                  kept != null && first != null && kept.isAfter(first) ? kept : first,
                  kept != null && begin(kept, asked).isAfter(asked.now().from()));
            });
  }

  private Uni<Series.Compared> read(
      Counted of, Comparison asked, LocalDate first, boolean isRemoved) {
    if (asked.isEmpty() || isRemoved) {
      return Uni.createFrom().item(answer(asked, null, null, null));
    }
    boolean counted = first != null && begin(first, asked).isBefore(asked.then().until());
    LocalDate since = counted && begin(first, asked).isAfter(asked.then().from()) ? first : null;
    return sum(of, asked.now())
        .flatMap(
            now ->
                sum(of, asked.then())
                    .map(then -> answer(asked, now, counted ? then : null, since)));
  }

  private static Instant begin(LocalDate day, Comparison asked) {
    return day.atStartOfDay(asked.other().zone()).toInstant();
  }

  /** Days as days, and the hours of the last one by hour. */
  private Uni<Long> sum(Counted of, Span part) {
    Instant day = Interval.DAY.begin(part.until(), part.zone());
    if (of.metric().isOfVotes() || !Comparison.isMidnight(part.from(), part.zone())) {
      return sum(of, Interval.HOUR, part);
    }
    return sum(of, Interval.DAY, new Span(part.from(), day, part.zone()))
        .flatMap(
            days ->
                sum(of, Interval.HOUR, new Span(day, part.until(), part.zone()))
                    .map(hours -> days + hours));
  }

  private Uni<Long> sum(Counted of, Interval interval, Span part) {
    if (!part.from().isBefore(part.until())) {
      return Uni.createFrom().item(0L);
    }
    Points one = new Points(List.of(part.from()), part.until(), part.zone());
    return of.in(one, interval).read(numbers).map(found -> found[0]);
  }

  private static Series.Compared answer(
      Comparison asked, @Nullable Long now, @Nullable Long then, @Nullable LocalDate since) {
    return new Series.Compared(
        moment(asked.other().from(), asked),
        moment(asked.other().until(), asked),
        moment(asked.now().until(), asked),
        moment(asked.then().until(), asked),
        now,
        then,
        since);
  }

  private static OffsetDateTime moment(Instant moment, Comparison asked) {
    return moment.atZone(asked.other().zone()).toOffsetDateTime();
  }
}
