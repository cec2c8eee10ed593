package vn.luot.admin.baseline;

import java.util.List;
import vn.luot.admin.body.Cursor;

/**
 * Where two lists read side by side go on.
 *
 * @param page the last page key listed; null where all are
 * @param entry the last entry listed; null where all are
 */
record BaselineCursor(Long page, Long entry) {
  /** No page has this key: it is the portal's, which is listed before all others. */
  static final BaselineCursor START = new BaselineCursor(Long.MIN_VALUE, Long.MAX_VALUE);

  private static final String LIST = "baselines";
  private static final String END = "-";

  static BaselineCursor parse(String written) {
    if (written == null) {
      return START;
    }
    List<String> place = Cursor.read(written, LIST, 2);
    return new BaselineCursor(number(place.get(0)), number(place.get(1)));
  }

  private static Long number(String written) {
    return written.equals(END) ? null : (Long) Cursor.number(written);
  }

  /** Null where both lists are at their end. */
  String written() {
    return page == null && entry == null
        ? null
        : Cursor.of(
            LIST, page == null ? END : page.toString(), entry == null ? END : entry.toString());
  }
}
