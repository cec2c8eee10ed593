package vn.luot.admin.report;

import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import vn.luot.admin.pages.PageList.PageEntry;
import vn.luot.admin.referrers.ReferrerList.ReferrerEntry;

/**
 * Writes a report as XLSX: numbers as numbers, days as days, and text as text, so that nothing in
 * it is a formula but the sums.
 */
final class ReportFile {
  private static final String COUNT = "#,##0";
  private static final String OTHERS = "~other";

  private ReportFile() {}

  static byte[] write(
      Headings headings, RowSet<Row> days, List<PageEntry> pages, List<ReferrerEntry> hosts) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (Workbook book = new Workbook(file, "Luot", null)) {
      days(sheet(book, headings.days()), headings, days);
      pages(sheet(book, headings.pages()), headings, pages);
      hosts(sheet(book, headings.hosts()), headings, hosts);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file.toByteArray();
  }

  /** The first heading is the sheet's name. */
  private static Worksheet sheet(Workbook book, List<String> headings) {
    Worksheet sheet = book.newWorksheet(headings.get(0));
    for (int i = 1; i < headings.size(); i++) {
      sheet.value(0, i - 1, headings.get(i));
      sheet.width(i - 1, headings.get(i).length() + 6);
    }
    sheet.range(0, 0, 0, headings.size() - 2).style().bold().set();
    sheet.freezePane(0, 1);
    return sheet;
  }

  private static void days(Worksheet sheet, Headings headings, RowSet<Row> found) {
    List<Row> days = new ArrayList<>();
    found.forEach(days::add);
    Collections.reverse(days);
    int line = 1;
    long[] sums = new long[4];
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
    sheet.range(line, 0, line, sums.length).style().bold().format(COUNT).set();
  }

  private static void day(Worksheet sheet, int line, LocalDate day) {
    sheet.value(line, 0, day);
    sheet.style(line, 0).format("dd/mm/yyyy").set();
  }

  private static void count(Worksheet sheet, int line, int column, long value) {
    sheet.value(line, column, value);
    sheet.style(line, column).format(COUNT).set();
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
