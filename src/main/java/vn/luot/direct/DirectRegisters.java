package vn.luot.direct;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import vn.luot.site.Page;
import vn.luot.total.HourlyViews;
import vn.luot.total.PageNames;
import vn.luot.total.PageViews;

/**
 * The registers of an epoch of this pod's own. Only this pod adds to them, so PostgreSQL may merge
 * them by maximum like those of Redis: a merge of unknown outcome is simply repeated.
 */
final class DirectRegisters {
  final long epoch;
  private final int pagesPerDay;
  private final Map<Day, Counts> days =
      new TreeMap<>(Comparator.comparingInt(Day::site).thenComparing(Day::day));
  private final Map<Integer, Map<Long, PageNames.Row>> names = new TreeMap<>();

  record Day(int site, LocalDate day) {}

  private static final class Counts {
    final Map<Long, Long> pages = new HashMap<>();
    final Map<Long, Long> hours = new HashMap<>();
    final Map<Long, Long> changedPages = new HashMap<>();
    final Map<Long, Long> changedHours = new HashMap<>();
  }

  /** What of them PostgreSQL is not known to have. */
  record Changes(
      long epoch,
      Map<Integer, List<PageNames.Row>> names,
      Map<Day, List<PageViews.Row>> pages,
      List<HourlyViews.Row> hours) {}

  DirectRegisters(long epoch, int pagesPerDay) {
    this.epoch = epoch;
    this.pagesPerDay = pagesPerDay;
  }

  void add(DirectHit hit, long now) {
    int site = hit.site().id();
    Counts counts = days.computeIfAbsent(new Day(site, hit.period().day()), day -> new Counts());
    boolean fits = counts.pages.size() < pagesPerDay || counts.pages.containsKey(hit.page().key());
    Page page = fits ? hit.page() : Page.OTHER;
    if (!counts.pages.containsKey(page.key())) {
      String title = fits && hit.title() != null ? hit.title() : "";
      names
          .computeIfAbsent(site, s -> new HashMap<>())
          .put(
              page.key(),
              new PageNames.Row(page.key(), page.path(), title, now, PageNames.Row.UNKNOWN));
    }
    add(counts.pages, counts.changedPages, page.key());
    add(counts.hours, counts.changedHours, hit.period().hour());
  }

  private static void add(Map<Long, Long> all, Map<Long, Long> changed, long key) {
    changed.put(key, all.merge(key, 1L, Long::sum));
  }

  Changes changes() {
    Map<Day, List<PageViews.Row>> pages =
        new TreeMap<>(Comparator.comparingInt(Day::site).thenComparing(Day::day));
    List<HourlyViews.Row> hours = new ArrayList<>();
    days.forEach(
        (day, counts) -> {
          List<PageViews.Row> rows = new ArrayList<>();
          counts.changedPages.forEach((page, n) -> rows.add(new PageViews.Row(page, n, 0)));
          pages.put(day, rows);
          counts.changedHours.forEach(
              (hour, n) -> hours.add(new HourlyViews.Row(day.site, day.day, hour, epoch, n, 0, 0)));
        });
    Map<Integer, List<PageNames.Row>> named = new TreeMap<>();
    names.forEach((site, rows) -> named.put(site, List.copyOf(rows.values())));
    return new Changes(epoch, named, pages, hours);
  }

  /** To be called when PostgreSQL has them; nothing was added meanwhile. */
  void merged() {
    names.clear();
    for (Counts counts : days.values()) {
      counts.changedPages.clear();
      counts.changedHours.clear();
    }
  }
}
