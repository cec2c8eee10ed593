package vn.luot.widget;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import vn.luot.reading.CountersReader.Counters;
import vn.luot.refusal.Refusal;

/** A number that a badge can show. */
enum BadgeNumber {
  ONLINE("Đang online", "Online", Counters::online),
  TODAY("Hôm nay", "Today", counters -> counters.views().today()),
  YESTERDAY("Hôm qua", "Yesterday", counters -> counters.views().yesterday()),
  WEEK("Tuần này", "This week", counters -> counters.views().week()),
  MONTH("Tháng này", "This month", counters -> counters.views().month()),
  YEAR("Năm nay", "This year", counters -> counters.views().year()),
  TOTAL("Tất cả", "Total", counters -> counters.views().total()),
  VISITS("Lượt truy cập", "Visits", counters -> counters.visits().total());

  private final String vietnamese;
  private final String english;
  private final Function<Counters, Long> value;

  BadgeNumber(String vietnamese, String english, Function<Counters, Long> value) {
    this.vietnamese = vietnamese;
    this.english = english;
    this.value = value;
  }

  /** Reads a list such as {@code online,total}. */
  static List<BadgeNumber> list(String show) {
    return Stream.of(show.split(",")).map(BadgeNumber::named).distinct().toList();
  }

  private static BadgeNumber named(String name) {
    return Arrays.stream(values())
        .filter(number -> number.name().equalsIgnoreCase(name.strip()))
        .findFirst()
        .orElseThrow(
            () ->
                Refusal.ofField(
                    "show", "online, today, yesterday, week, month, year, total or visits"));
  }

  String caption(String lang) {
    return lang.equals("en") ? english : vietnamese;
  }

  /** Null where it is not known at the moment. */
  Long of(Counters counters) {
    var needsViews = this != ONLINE;
    if (counters == null || (needsViews && counters.views() == null)) {
      return null;
    }
    return value.apply(counters);
  }
}
