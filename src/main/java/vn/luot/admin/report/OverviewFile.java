package vn.luot.admin.report;

import static vn.luot.admin.report.Spreadsheet.count;
import static vn.luot.admin.report.Spreadsheet.sheet;

import java.util.List;
import java.util.stream.Stream;
import org.dhatim.fastexcel.Worksheet;
import vn.luot.admin.call.LanguageAsked;
import vn.luot.admin.report.Overview.Sums;

/**
 * Writes the numbers of all sites for a spreadsheet.
 *
 * @param sites headings of its sheet, of which the first one is the name
 * @param labels the same of the sums by label
 */
record OverviewFile(List<String> sites, List<String> labels) {
  private static final OverviewFile VIETNAMESE =
      of(
          List.of("Trang web", "Mã", "Tên", "Nhãn", "Địa chỉ"),
          List.of("Tổng theo nhãn", "Nhãn", "Số trang web"),
          List.of("Đang online", "Hôm nay", "Hôm qua đến giờ này", "Hôm qua", "Tháng này", "Tổng"),
          "Lượt xem cuối");

  private static final OverviewFile ENGLISH =
      of(
          List.of("Sites", "Id", "Name", "Labels", "Address"),
          List.of("By label", "Label", "Sites"),
          List.of("Online", "Today", "Yesterday by this hour", "Yesterday", "This month", "Total"),
          "Last view");

  static OverviewFile in(LanguageAsked language) {
    return language.of(VIETNAMESE, ENGLISH);
  }

  private static OverviewFile of(
      List<String> sites, List<String> labels, List<String> numbers, String last) {
    return new OverviewFile(
        Stream.of(sites, numbers, List.of(last)).flatMap(List::stream).toList(),
        Stream.of(labels, numbers).flatMap(List::stream).toList());
  }

  byte[] write(Overview overview) {
    return Spreadsheet.write(
        book -> {
          sites(sheet(book, sites), overview.sites());
          labels(sheet(book, labels), overview.labels());
        });
  }

  private static void sites(Worksheet sheet, List<Overview.Line> lines) {
    sheet.width(1, 50);
    int at = 1;
    for (Overview.Line line : lines) {
      sheet.value(at, 0, line.id());
      sheet.value(at, 1, line.name());
      sheet.value(at, 2, String.join(", ", line.labels()));
      sheet.value(at, 3, line.origin());
      numbers(sheet, at, 4, line.numbers());
      if (line.lastViewAt() != null) {
        sheet.value(at, 10, line.lastViewAt().toLocalDateTime());
        sheet.style(at, 10).format("dd/mm/yyyy hh:mm").set();
      }
      at++;
    }
  }

  private static void labels(Worksheet sheet, List<Overview.Group> groups) {
    sheet.width(0, 30);
    int at = 1;
    for (Overview.Group group : groups) {
      sheet.value(at, 0, group.label());
      count(sheet, at, 1, (long) group.sites());
      numbers(sheet, at, 2, group.sum());
      at++;
    }
  }

  private static void numbers(Worksheet sheet, int line, int first, Sums of) {
    Long[] numbers = {
      of.online(), of.today(), of.yesterdayUntilHour(), of.yesterday(), of.month(), of.total()
    };
    for (int i = 0; i < numbers.length; i++) {
      count(sheet, line, first + i, numbers[i]);
    }
  }
}
