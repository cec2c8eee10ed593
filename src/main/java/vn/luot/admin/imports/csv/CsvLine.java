package vn.luot.admin.imports.csv;

import java.time.LocalDate;
import java.util.function.Consumer;
import vn.luot.admin.baseline.Balance;
import vn.luot.site.page.Measure;
import vn.luot.site.page.Page;

/**
 * What a line of a file says.
 *
 * @param number of the line in the file, from 1
 * @param column where its page stands
 * @param day that the numbers are of; null for an opening balance
 * @param downloads of the file of this path, or of all files of the site; null where it says none
 */
public record CsvLine(long number, int column, LocalDate day, Balance balance, Long downloads) {
  private static final long MIX = 0x9E3779B97F4A7C15L;

  /** The same for the same page and day. A page's key is a piece of a hash already. */
  long key() {
    return day == null
        ? balance.page().key()
        : balance.page().key() ^ MIX * (day.toEpochDay() | 1L << 40);
  }

  boolean isOfSite() {
    return balance.page().equals(Page.PORTAL);
  }

  /** Each number under the key it is counted by: that of the page, and that of its downloads. */
  void forEach(Consumer<CsvLine> counted) {
    if (!balance.isEmpty()) {
      counted.accept(this);
    }
    if (downloads != null) {
      Balance ofFile =
          new Balance(balance.page().counting(Measure.DOWNLOADS), downloads, null, null, null);
      counted.accept(new CsvLine(number, column, day, ofFile, null));
    }
  }

  String subject() {
    return balance.page().path() + (day == null ? "" : " of " + day);
  }
}
