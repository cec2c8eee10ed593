package vn.luot.admin.report;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import vn.luot.admin.series.Metric;
import vn.luot.refusal.Refusal;

/** What stands above the columns of a report, in its reader's language. */
record Headings(
    List<String> days, List<String> pages, List<String> hosts, String sum, String others) {
  private static final Headings VIETNAMESE =
      new Headings(
          days("Theo ngày", "Ngày", metric -> metric.vietnamese),
          List.of(
              "Theo trang",
              "Đường dẫn",
              "Tiêu đề",
              Metric.VIEWS.vietnamese,
              Metric.VISITS.vietnamese,
              Metric.VOTES.vietnamese,
              "Điểm trung bình"),
          List.of("Nguồn truy cập", "Trang web dẫn đến", Metric.VIEWS.vietnamese),
          "Tổng cộng",
          "Khác");

  private static final Headings ENGLISH =
      new Headings(
          days("Days", "Day", metric -> metric.english),
          List.of("Pages", "Path", "Title", "Views", "Visits", "Votes", "Average"),
          List.of("Sources", "Host", "Views"),
          "Sum",
          "Others");

  private static List<String> days(String sheet, String day, Function<Metric, String> label) {
    return Stream.concat(Stream.of(sheet, day), Metric.byDay().map(label)).toList();
  }

  static Headings of(String language) {
    return switch (language) {
      case "vi" -> VIETNAMESE;
      case "en" -> ENGLISH;
      default -> throw Refusal.ofField("language", "vi or en");
    };
  }
}
