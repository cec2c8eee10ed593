package vn.luot.flush;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import vn.luot.register.SiteDay;

/**
 * A day that has registers to flush.
 *
 * @param hours those that changed, by the keys of their registers
 * @param visitors whether the distinct visitors changed
 * @param referrers whether the views by referrer changed
 */
record DirtyDay(SiteDay day, List<String> hours, boolean visitors, boolean referrers) {
  private static final String VISITORS = "visitors";
  private static final String REFERRERS = "referrers";

  /** From {@code epoch:site:day:hour}, {@code ...:visitors} and {@code ...:referrers}. */
  static List<DirtyDay> parse(Collection<String> marks) {
    Map<SiteDay, DirtyDay> days = new LinkedHashMap<>();
    for (String mark : marks) {
      DirtyDay dirty = of(SiteDay.of(mark), mark.substring(mark.lastIndexOf(':') + 1));
      days.merge(dirty.day, dirty, DirtyDay::and);
    }
    return List.copyOf(days.values());
  }

  private static DirtyDay of(SiteDay day, String what) {
    boolean visitors = what.equals(VISITORS);
    boolean referrers = what.equals(REFERRERS);
    List<String> hours = visitors || referrers ? List.of() : List.of(what);
    return new DirtyDay(day, hours, visitors, referrers);
  }

  private DirtyDay and(DirtyDay other) {
    List<String> all = new ArrayList<>(hours);
    all.addAll(other.hours);
    return new DirtyDay(day, all, visitors || other.visitors, referrers || other.referrers);
  }

  static String visitorsMark(SiteDay day) {
    return day.mark() + ":" + VISITORS;
  }

  static String referrersMark(SiteDay day) {
    return day.mark() + ":" + REFERRERS;
  }
}
