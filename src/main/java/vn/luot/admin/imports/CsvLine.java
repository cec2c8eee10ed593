package vn.luot.admin.imports;

import java.time.LocalDate;
import vn.luot.admin.baseline.Balance;

/**
 * What a line of a file says.
 *
 * @param number of the line in the file, from 1
 * @param column where its page stands
 * @param day that the numbers are of; null for an opening balance
 */
record CsvLine(long number, int column, LocalDate day, Balance balance) {
  private static final long MIX = 0x9E3779B97F4A7C15L;

  /** The same for the same page and day. A page's key is a piece of a hash already. */
  long key() {
    return day == null
        ? balance.page().key()
        : balance.page().key() ^ MIX * (day.toEpochDay() | 1L << 40);
  }

  String subject() {
    return balance.page().path() + (day == null ? "" : " of " + day);
  }
}
