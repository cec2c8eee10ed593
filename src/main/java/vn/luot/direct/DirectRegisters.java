package vn.luot.direct;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import vn.luot.register.Kind;
import vn.luot.register.Register;
import vn.luot.register.SiteDay;
import vn.luot.site.page.Page;
import vn.luot.total.PageNames;

/**
 * The registers of an epoch of this pod's own. Only this pod adds to them, so PostgreSQL may merge
 * them by maximum like those of Redis: a merge of unknown outcome is simply repeated.
 */
final class DirectRegisters {
  private static final Comparator<SiteDay> BY_SITE =
      Comparator.comparingInt(SiteDay::site).thenComparing(SiteDay::day);

  private final long epoch;
  private final int pagesPerDay;
  private final Map<Kind, Map<SiteDay, Views>> views = new EnumMap<>(Kind.class);
  private final Map<Integer, Map<Long, PageNames.Row>> names = new TreeMap<>();

  /** By page or hour. */
  private static final class Views {
    final Map<Long, long[]> all = new HashMap<>();
    final Map<Long, long[]> changed = new HashMap<>();

    /** Adds 1 to one of a register's counts, by its place in the kind's. */
    void add(Kind kind, long key, int count) {
      long[] counts = all.computeIfAbsent(key, k -> new long[kind.counts.size()]);
      counts[count]++;
      changed.put(key, counts);
    }

    /** Visits and robots, which are not known here, stay 0. */
    List<Register> changed() {
      List<Register> registers = new ArrayList<>(changed.size());
      changed.forEach(
          (key, counts) -> registers.add(new Register(Long.toString(key), counts.clone())));
      return registers;
    }
  }

  /** What of them PostgreSQL is not known to have; in the order in which locks are taken. */
  record Changes(Map<Integer, List<PageNames.Row>> names, List<Changed> registers) {}

  record Changed(Kind kind, SiteDay day, List<Register> registers) {}

  DirectRegisters(long epoch, int pagesPerDay) {
    this.epoch = epoch;
    this.pagesPerDay = pagesPerDay;
  }

  void add(DirectCounts.DirectHit hit, long now) {
    SiteDay day = new SiteDay(epoch, hit.site().id(), hit.period().day());
    Views pages = of(Kind.PAGES, day);
    boolean fits = pages.all.size() < pagesPerDay || pages.all.containsKey(hit.page().key());
    Page page = fits ? hit.page() : hit.page().other();
    if (!pages.all.containsKey(page.key())) {
      String title = fits && hit.title() != null ? hit.title() : "";
      names
          .computeIfAbsent(day.site(), site -> new HashMap<>())
          .put(
              page.key(),
              new PageNames.Row(page.key(), page.path(), title, now, PageNames.Row.UNKNOWN));
    }
    pages.add(Kind.PAGES, page.key(), 0);
    int counted = Kind.HOURS.place(page.measure().label());
    of(Kind.HOURS, day).add(Kind.HOURS, hit.period().hour(), counted);
  }

  private Views of(Kind kind, SiteDay day) {
    return views
        .computeIfAbsent(kind, k -> new TreeMap<>(BY_SITE))
        .computeIfAbsent(day, d -> new Views());
  }

  Changes changes() {
    Map<Integer, List<PageNames.Row>> named = new TreeMap<>();
    names.forEach((site, rows) -> named.put(site, List.copyOf(rows.values())));
    List<Changed> registers = new ArrayList<>();
    views.forEach(
        (kind, days) ->
            days.forEach((day, its) -> registers.add(new Changed(kind, day, its.changed()))));
    return new Changes(named, registers);
  }

  /** To be called when PostgreSQL has them; nothing was added meanwhile. */
  void merged() {
    names.clear();
    views.values().forEach(days -> days.values().forEach(its -> its.changed.clear()));
  }
}
