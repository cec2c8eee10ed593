package vn.luot.admin.report;

import static vn.luot.admin.report.Spreadsheet.count;
import static vn.luot.admin.report.Spreadsheet.sheet;

import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.dhatim.fastexcel.Worksheet;
import vn.luot.admin.call.LanguageAsked;
import vn.luot.admin.pages.PageList.PageEntry;
import vn.luot.admin.series.Metric;
import vn.luot.admin.visitors.Visits.ReferrerEntry;

/**
 * Writes a site's report, in its reader's language.
 *
 * @param days headings of its sheet, of which the first one is the name; so those of the others
 */
record ReportFile(
    List<String> days, List<String> pages, List<String> hosts, String sum, String others) {
  private static final String OTHERS = "~other";

  private static final ReportFile VIETNAMESE =
      new ReportFile(
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

  private static final ReportFile ENGLISH =
      new ReportFile(
          days("Days", "Day", metric -> metric.english),
          List.of("Pages", "Path", "Title", "Views", "Visits", "Votes", "Average"),
          List.of("Sources", "Host", "Views"),
          "Sum",
          "Others");

  private static List<String> days(String sheet, String day, Function<Metric, String> label) {
    return Stream.concat(Stream.of(sheet, day), Metric.byDay().map(label)).toList();
  }

  static ReportFile in(String language) {
    return LanguageAsked.of(language, VIETNAMESE, ENGLISH);
  }

  byte[] write(RowSet<Row> days, List<PageEntry> pages, List<ReferrerEntry> hosts) {
    return Spreadsheet.write(
        book -> {
          days(sheet(book, this.days), days);
          pages(sheet(book, this.pages), pages);
          hosts(sheet(book, this.hosts), hosts);
        });
  }

  private void days(Worksheet sheet, RowSet<Row> found) {
    List<Row> days = new ArrayList<>();
    found.forEach(days::add);
    Collections.reverse(days);
    int line = 1;
    long[] sums = new long[(int) Metric.byDay().count()];
    for (Row row : days) {
      day(sheet, line, row.getLocalDate(0));
      for (int i = 0; i < sums.length; i++) {
        long value = row.getLong(i + 1);
        sums[i] += value;
        count(sheet, line, i + 1, value);
      }
      line++;
    }
    sheet.value(line, 0, sum);
    for (int i = 0; i < sums.length; i++) {
      count(sheet, line, i + 1, sums[i]);
    }
    sheet.range(line, 0, line, sums.length).style().bold().format(Spreadsheet.COUNT).set();
  }

  private static void day(Worksheet sheet, int line, LocalDate day) {
    sheet.value(line, 0, day);
    sheet.style(line, 0).format("dd/mm/yyyy").set();
  }

  private void pages(Worksheet sheet, List<PageEntry> pages) {
    sheet.width(0, 50);
    sheet.width(1, 50);
    int line = 1;
    for (PageEntry page : pages) {
      sheet.value(line, 0, page.path().equals(OTHERS) ? others : page.path());
      sheet.value(line, 1, page.title());
      count(sheet, line, 2, page.views());
      count(sheet, line, 3, page.visits());
      count(sheet, line, 4, page.rating().count());
      if (page.rating().average() != null) {
        sheet.value(line, 5, page.rating().average());
        sheet.style(line, 5).format("0.00").set();
      }
      line++;
    }
  }

  private void hosts(Worksheet sheet, List<ReferrerEntry> hosts) {
    sheet.width(0, 40);
    int line = 1;
    for (ReferrerEntry host : hosts) {
      sheet.value(line, 0, host.host().equals(OTHERS) ? others : host.host());
      count(sheet, line, 1, host.views());
      line++;
    }
  }
}
