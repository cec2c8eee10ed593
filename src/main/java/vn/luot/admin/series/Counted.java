package vn.luot.admin.series;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import vn.luot.admin.numbers.Numbers;
import vn.luot.refusal.Refusal;
import vn.luot.site.page.Page;

/**
 * A number of a site, or of one of its pages.
 *
 * @param page null for the site
 */
record Counted(int site, @Nullable Page page, Metric metric) {
  static Counted of(int site, @Nullable Page page, Metric metric) {
    if (page != null && (metric == Metric.VISITORS || metric == Metric.BOTS)) {
      throw Refusal.ofField(
          "metric",
          "kept for the whole site only; of a page take views, visits, downloads, votes, stars");
    }
    return new Counted(site, page, metric);
  }

  /** Whether whole days are all there is. */
  boolean isByDay() {
    return metric == Metric.VISITORS || isRegisterOfPage();
  }

  private boolean isRegisterOfPage() {
    return page != null && !metric.isOfVotes();
  }

  void requireIn(Interval interval) {
    if (interval == Interval.HOUR && isByDay()) {
      throw Refusal.ofField(
          "interval",
          page == null
              ? "distinct visitors are kept by day, so that hours would only tell how often"
                  + " somebody came; take day or longer, or metric=visits"
              : "pages are counted by day; take day or longer");
    }
  }

  /** Whether the numbers are among the details that a site may choose to keep for some time. */
  boolean isDetail(Interval interval) {
    return !metric.isOfVotes() && (interval == Interval.HOUR || page != null);
  }

  /**
   * Made off the event loops: finding where thousands of hours begin takes tens of milliseconds.
   */
  Question in(Points points, Interval interval) {
    return new Question(metric.query(interval, page != null), values(interval, points), points);
  }

  /** What is read: the number in each of the points. */
  record Question(String sql, Tuple values, Points points) {
    /** Nothing counted is 0. */
    Uni<long[]> read(Numbers numbers) {
      return numbers.query(sql, values).map(rows -> sums(rows.iterator().next()));
    }

    private long[] sums(Row row) {
      long[] sums = new long[points.begins().size()];
      Integer[] places = row.getArrayOfIntegers(0);
      Long[] found = row.getArrayOfLongs(1);
      for (int i = 0; i < places.length; i++) {
        sums[places[i] - 1] = found[i];
      }
      return sums;
    }
  }

  private Tuple values(Interval interval, Points points) {
    OffsetDateTime[] moments = points.moments();
    LocalDate[] days = points.days();
    OffsetDateTime end = moments[moments.length - 1];
    LocalDate lastDay = end.minusNanos(1).atZoneSameInstant(points.zone()).toLocalDate();
    if (metric.isOfVotes()) {
      return ofPage(Tuple.of(site, moments, moments[0], end));
    }
    if (interval == Interval.HOUR) {
      // A day's rows may lie in the day before or after where the site moved to another zone.
      return Tuple.of(site, moments, days[0].minusDays(1), lastDay.plusDays(1), moments[0], end);
    }
    return ofPage(Tuple.of(site, days, days[0], lastDay));
  }

  private Tuple ofPage(Tuple values) {
    if (page != null) {
      values.addLong(page.counting(metric.measure()).key());
    }
    return values;
  }
}
