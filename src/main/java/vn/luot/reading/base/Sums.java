package vn.luot.reading.base;

import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import vn.luot.total.SiteSums.Pair;

/**
 * A count over the periods a portal shows; each but yesterday goes up to now.
 *
 * @param week since Monday
 * @param month since the first of the month
 * @param year since the first of January
 * @param total ever
 */
public record Sums(long today, long yesterday, long week, long month, long year, long total) {
  /** {@code all} in the order of the periods. */
  static Sums of(Pair[] all, ToLongFunction<Pair> of) {
    long[] n = Stream.of(all).mapToLong(of).toArray();
    return new Sums(n[0], n[1], n[2], n[3], n[4], n[5]);
  }

  Sums atLeast(Sums other) {
    return new Sums(
        Math.max(today, other.today),
        Math.max(yesterday, other.yesterday),
        Math.max(week, other.week),
        Math.max(month, other.month),
        Math.max(year, other.year),
        Math.max(total, other.total));
  }

  Sums plusTotal(long n) {
    return new Sums(today, yesterday, week, month, year, total + n);
  }

  Sums plusToday(long n) {
    return new Sums(today + n, yesterday, week + n, month + n, year + n, total + n);
  }
}
