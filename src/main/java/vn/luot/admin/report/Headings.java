package vn.luot.admin.report;

import java.util.List;
import vn.luot.refusal.Refusal;

/** What stands above the columns of a report, in its reader's language. */
record Headings(
    List<String> days, List<String> pages, List<String> hosts, String sum, String others) {
  private static final Headings VIETNAMESE =
      new Headings(
          List.of("Theo ngày", "Ngày", "Lượt xem", "Lượt truy cập", "Khách", "Robot"),
          List.of(
              "Theo trang",
              "Đường dẫn",
              "Tiêu đề",
              "Lượt xem",
              "Lượt truy cập",
              "Số phiếu",
              "Điểm trung bình"),
          List.of("Nguồn truy cập", "Trang web dẫn đến", "Lượt xem"),
          "Tổng cộng",
          "Khác");

  private static final Headings ENGLISH =
      new Headings(
          List.of("Days", "Day", "Views", "Visits", "Visitors", "Robots"),
          List.of("Pages", "Path", "Title", "Views", "Visits", "Votes", "Average"),
          List.of("Sources", "Host", "Views"),
          "Sum",
          "Others");

  static Headings of(String language) {
    return switch (language) {
      case "vi" -> VIETNAMESE;
      case "en" -> ENGLISH;
      default -> throw Refusal.ofField("language", "vi or en");
    };
  }
}
