package vn.luot.bench.year;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** What owners ask: every admin read, with every order, range and search. */
final class Questions {
  static final String[] SORTS = {
    "-views", "-visits", "-ratingCount", "-average", "path", "-firstSeen"
  };
  static final String SEARCH = "so-77";

  /** Of which all is read. */
  static final String LONGEST_EXPORT = "export?format=csv&what=pages";

  private static final LocalDate TODAY = LocalDate.now(ZoneId.of("Asia/Ho_Chi_Minh"));

  private Questions() {}

  /** First and last day; both null for all time. */
  record Range(String name, LocalDate from, LocalDate to) {
    String asked() {
      return from == null ? "" : "&from=" + from + "&to=" + to;
    }
  }

  /**
   * The last is what past totals fit worst: both ends just beside them, whatever days they lie on.
   */
  static List<Range> ranges() {
    return List.of(
        new Range("all time", null, null),
        new Range("one day", TODAY.minusDays(1), TODAY.minusDays(1)),
        new Range("30 days", TODAY.minusDays(29), TODAY),
        new Range("half a year", TODAY.minusDays(250), TODAY.minusDays(70)),
        new Range("a year", TODAY.minusDays(364), TODAY),
        new Range("a year but 10 days", TODAY.minusDays(355), TODAY.minusDays(1)));
  }

  static List<String> all() {
    List<String> calls = new ArrayList<>();
    String year = "&from=" + TODAY.minusDays(364) + "&to=" + TODAY;
    for (String metric : List.of("views", "visits", "visitors", "votes", "bots")) {
      for (String interval : List.of("hour", "day", "week", "month", "year")) {
        if (!(metric.equals("visitors") && interval.equals("hour"))) {
          calls.add("series?metric=%s&interval=%s%s".formatted(metric, interval, year));
        }
      }
    }
    calls.add("series?metric=views&interval=day&compare=previous" + year);
    calls.add("series?page=/tin-tuc/chuyen-muc-1/bai-viet-so-1.html&compare=previous" + year);
    for (Range range : ranges()) {
      for (String sort : SORTS) {
        calls.add("pages?sort=" + sort + range.asked());
        calls.add("pages?sort=" + sort + "&search=" + SEARCH + range.asked());
      }
      calls.add("pages?sort=views&limit=1000" + range.asked());
      calls.add("pages?prefix=/tin-tuc/chuyen-muc-1/" + range.asked());
      calls.add("pages/sections?prefix=/tin-tuc/" + range.asked());
    }
    calls.addAll(List.of("referrers?limit=50", "referrers?limit=1000" + year, "votes?limit=100"));
    calls.addAll(List.of("votes?held=true", "votes?page=/tin-tuc/chuyen-muc-1/bai-viet-so-1.html"));
    calls.addAll(List.of("counters", "rating", "baselines?limit=100", "keys", "imports", ""));
    return calls;
  }

  /** Of which the first byte is waited for. */
  static List<String> exports() {
    String year = "&from=" + TODAY.minusDays(364) + "&to=" + TODAY;
    return List.of(
        "export?format=csv&what=days" + year,
        "export?format=csv&what=pages" + year,
        "export?format=json&what=pages",
        "export?format=csv&what=referrers" + year,
        "export?format=csv&what=votes" + year);
  }
}
