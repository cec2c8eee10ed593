package vn.luot.flush;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import vn.luot.live.Keys;
import vn.luot.register.SiteDay;

/**
 * One day of one site in one epoch that has registers to flush.
 *
 * @param hours the hours that changed, in seconds of Unix time
 * @param visitors whether the distinct visitors changed
 * @param referrers whether the views by referrer changed
 */
record DirtyDay(
    long epoch, int site, LocalDate day, List<Long> hours, boolean visitors, boolean referrers) {
  private static final String VISITORS = "visitors";
  private static final String REFERRERS = "referrers";

  /** From {@code epoch:site:day:hour}, {@code ...:visitors} and {@code ...:referrers}. */
  static List<DirtyDay> parse(Collection<String> marks) {
    Map<String, DirtyDay> days = new LinkedHashMap<>();
    for (String mark : marks) {
      int end = mark.lastIndexOf(':');
      String what = mark.substring(end + 1);
      days.merge(mark.substring(0, end), of(mark.split(":"), what), DirtyDay::and);
    }
    return List.copyOf(days.values());
  }

  private static DirtyDay of(String[] parts, String what) {
    boolean visitors = what.equals(VISITORS);
    boolean referrers = what.equals(REFERRERS);
    return new DirtyDay(
        Long.parseLong(parts[0]),
        Integer.parseInt(parts[1]),
        LocalDate.ofEpochDay(Long.parseLong(parts[2])),
        visitors || referrers ? List.of() : List.of(Long.parseLong(what)),
        visitors,
        referrers);
  }

  private DirtyDay and(DirtyDay other) {
    List<Long> all = new ArrayList<>(hours);
    all.addAll(other.hours);
    return new DirtyDay(
        epoch, site, day, all, visitors || other.visitors, referrers || other.referrers);
  }

  SiteDay all() {
    return new SiteDay(epoch, site, day);
  }

  /** As the sets of a bucket name it. */
  String mark() {
    return Keys.mark(epoch, site, day);
  }

  String visitorsMark() {
    return mark() + ":" + VISITORS;
  }

  String referrersMark() {
    return mark() + ":" + REFERRERS;
  }
}
