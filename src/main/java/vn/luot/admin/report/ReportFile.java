package vn.luot.admin.report;

import static vn.luot.admin.report.Spreadsheet.count;
import static vn.luot.admin.report.Spreadsheet.sheet;

import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.dhatim.fastexcel.Worksheet;
import vn.luot.admin.pages.PageList.PageEntry;
import vn.luot.admin.referrers.ReferrerList.ReferrerEntry;
import vn.luot.admin.series.Metric;

/** Writes a site's report. */
final class ReportFile {
  private static final String OTHERS = "~other";

  private ReportFile() {}

  static byte[] write(
      Headings headings, RowSet<Row> days, List<PageEntry> pages, List<ReferrerEntry> hosts) {
    return Spreadsheet.write(
        book -> {
          days(sheet(book, headings.days()), headings, days);
          pages(sheet(book, headings.pages()), headings, pages);
          hosts(sheet(book, headings.hosts()), headings, hosts);
        });
  }

  private static void days(Worksheet sheet, Headings headings, RowSet<Row> found) {
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
    sheet.value(line, 0, headings.sum());
    for (int i = 0; i < sums.length; i++) {
      count(sheet, line, i + 1, sums[i]);
    }
    sheet.range(line, 0, line, sums.length).style().bold().format(Spreadsheet.COUNT).set();
  }

  private static void day(Worksheet sheet, int line, LocalDate day) {
    sheet.value(line, 0, day);
    sheet.style(line, 0).format("dd/mm/yyyy").set();
  }

  private static void pages(Worksheet sheet, Headings headings, List<PageEntry> pages) {
    sheet.width(0, 50);
    sheet.width(1, 50);
    int line = 1;
    for (PageEntry page : pages) {
      sheet.value(line, 0, page.path().equals(OTHERS) ? headings.others() : page.path());
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

  private static void hosts(Worksheet sheet, Headings headings, List<ReferrerEntry> hosts) {
    sheet.width(0, 40);
    int line = 1;
    for (ReferrerEntry host : hosts) {
      sheet.value(line, 0, host.host().equals(OTHERS) ? headings.others() : host.host());
      count(sheet, line, 1, host.views());
      line++;
    }
  }
}
