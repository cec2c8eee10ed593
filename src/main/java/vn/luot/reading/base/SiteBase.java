package vn.luot.reading.base;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.luot.live.SiteNumbers;
import vn.luot.register.SiteDay;
import vn.luot.total.SiteSums;
import vn.luot.total.SiteSums.Pair;

/**
 * A site's numbers without the current register: today's in the current epoch. They do not change
 * while that register is current, so a pod may keep them; shown = base + register + opening. The
 * opening balance is part of the totals only: nobody knows which days it was counted on. Its owner
 * may lower it, so it is no part of what never goes back.
 *
 * @param visitorsYesterday distinct visitors
 * @param visitorsThisMonth sum of the distinct visitors of each day before today
 */
public record SiteBase(
    SiteDay day,
    Sums views,
    Sums visits,
    long visitorsYesterday,
    long visitorsThisMonth,
    Pair opening,
    MonotoneNumbers monotone) {

  /** With the current register of today. */
  public MonotoneNumbers.Numbers plusToday(long dayViews, long dayVisits) {
    MonotoneNumbers.Numbers counted =
        monotone.shown(views.plusToday(dayViews), visits.plusToday(dayVisits));
    return new MonotoneNumbers.Numbers(
        counted.views().plusTotal(opening.views()), counted.visits().plusTotal(opening.visits()));
  }

  /**
   * With whom Redis has seen today. Null where that is nobody though there were views: it has lost
   * them, and has them from PostgreSQL at their next flush.
   */
  public @Nullable Long plusVisitorsToday(long seen) {
    long shown = monotone.shown(seen);
    return shown == 0 && views.today() > 0 ? null : shown;
  }

  /**
   * How many visitors are shown as online. Null for up to a window after Redis was emptied: it does
   * not know who was there before. Where nothing was counted today or yesterday before that, nobody
   * was.
   *
   * @param base null where it is not known
   */
  public static @Nullable Long shown(SiteNumbers.Online online, @Nullable SiteBase base) {
    boolean nobodyElse =
        online.complete() || base != null && base.views.today() + base.views.yesterday() == 0;
    return nobodyElse ? Long.valueOf(online.known()) : null;
  }

  /**
   * Null where there were views and PostgreSQL has no visitor yet: those of a day's last minute are
   * flushed soon after midnight.
   */
  public @Nullable Long visitorsOfYesterday() {
    return visitorsYesterday == 0 && views.yesterday() > 0 ? null : visitorsYesterday;
  }

  /** Null where one of them is not known. */
  public @Nullable Long visitorsOfMonth(@Nullable Long today) {
    boolean withYesterday = day.day().getDayOfMonth() > 1;
    return today == null || withYesterday && visitorsOfYesterday() == null
        ? null
        : visitorsThisMonth + today;
  }

  /** {@code before} is the base used until now, or null. */
  SiteBase goingOnFrom(@Nullable SiteBase before) {
    if (before == null || !before.day.day().equals(day.day())) {
      return this;
    }
    if (before.day.epoch() != day.epoch()) {
      before.monotone.lost();
    }
    return new SiteBase(
        day, views, visits, visitorsYesterday, visitorsThisMonth, opening, before.monotone);
  }

  /**
   * The registers beside the current one that Redis may know better than PostgreSQL, because their
   * last hits are not flushed yet: the epoch before today, this epoch yesterday, the epoch before
   * yesterday. Older ones are flushed long since.
   */
  static List<SiteDay> late(SiteDay current, long previousEpoch) {
    LocalDate yesterday = current.day().minusDays(1);
    return List.of(
        new SiteDay(previousEpoch, current.site(), current.day()),
        new SiteDay(current.epoch(), current.site(), yesterday),
        new SiteDay(previousEpoch, current.site(), yesterday));
  }

  /** {@code late} are the live values of the {@link #late} registers: views and visits of each. */
  static SiteBase of(SiteDay current, SiteSums.Sums sums, List<SiteDay> registers, long[] late) {
    Pair today = Pair.ZERO.minus(sums.registers(current));
    Pair yesterday = Pair.ZERO;
    for (int i = 0; i < registers.size(); i++) {
      SiteDay register = registers.get(i);
      Pair live = new Pair(late[2 * i], late[2 * i + 1]);
      Pair missing = live.over(sums.registers(register));
      if (register.day().equals(current.day())) {
        today = today.plus(missing);
      } else {
        yesterday = yesterday.plus(missing);
      }
    }
    return of(current, sums, today, yesterday);
  }

  private static SiteBase of(SiteDay current, SiteSums.Sums sums, Pair today, Pair yesterday) {
    LocalDate day = current.day();
    LocalDate dayBefore = day.minusDays(1);
    Pair both = today.plus(yesterday);
    Pair week = dayBefore.isBefore(SiteSums.weekOf(day)) ? today : both;
    Pair month = dayBefore.getMonth() != day.getMonth() ? today : both;
    Pair year = dayBefore.getYear() != day.getYear() ? today : both;
    Pair[] values = {
      sums.of("today").plus(today),
      sums.of("yesterday").plus(yesterday),
      sums.of("week").plus(week),
      sums.of("month").plus(month),
      sums.of("year").plus(year),
      sums.of("total").plus(both)
    };
    return new SiteBase(
        current,
        Sums.of(values, Pair::views),
        Sums.of(values, Pair::visits),
        sums.of("visitors yesterday").views(),
        sums.of("visitors month").views(),
        sums.of("baseline"),
        new MonotoneNumbers());
  }

  /**
   * Keeps the numbers of a site from going back before its readers' eyes when Redis is lost with
   * what it had not handed on: what was shown last is shown until the true numbers have passed it.
   */
  public static final class MonotoneNumbers {
    // Written by every event loop without a lock: a value that another one overwrites is as good.
    private volatile @Nullable Numbers last;
    private volatile @Nullable Numbers floor;
    private volatile long lastVisitors;
    private volatile long fewestVisitors;

    /** Of a site. */
    public record Numbers(Sums views, Sums visits) {
      Numbers atLeast(Numbers other) {
        return new Numbers(views.atLeast(other.views), visits.atLeast(other.visits));
      }
    }

    Numbers shown(Sums views, Sums visits) {
      Numbers now = new Numbers(views, visits);
      // Another loop may take it away meanwhile.
      Numbers least = floor;
      if (least != null) {
        now = now.atLeast(least);
        if (views.total() >= least.views.total() && visits.total() >= least.visits.total()) {
          floor = null;
        }
      }
      last = now;
      return now;
    }

    /** The distinct visitors of the day. */
    long shown(long visitors) {
      lastVisitors = Math.max(visitors, fewestVisitors);
      return lastVisitors;
    }

    /** To be called when another epoch begins on the same day. */
    void lost() {
      floor = last;
      fewestVisitors = lastVisitors;
    }
  }
}
