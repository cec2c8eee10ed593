package vn.luot.admin.baseline;

import vn.luot.refusal.Refusal;

/**
 * Where two lists read side by side go on.
 *
 * @param page the last page key listed; null where all are
 * @param entry the last entry listed; null where all are
 */
record BaselineCursor(Long page, Long entry) {
  /** No page has this key: it is the portal's, which is listed before all others. */
  static final BaselineCursor START = new BaselineCursor(Long.MIN_VALUE, Long.MAX_VALUE);

  private static final String END = "-";

  static BaselineCursor parse(String written) {
    if (written == null) {
      return START;
    }
    String[] parts = written.split("_", -1);
    if (parts.length != 2) {
      throw refusal();
    }
    return new BaselineCursor(number(parts[0]), number(parts[1]));
  }

  private static Long number(String written) {
    try {
      return written.equals(END) ? null : Long.valueOf(written);
    } catch (NumberFormatException e) {
      throw refusal();
    }
  }

  private static Refusal refusal() {
    return Refusal.ofField("cursor", "send what the answer before has as next");
  }

  /** Null where both lists are at their end. */
  String written() {
    return page == null && entry == null
        ? null
        : (page == null ? END : page) + "_" + (entry == null ? END : entry);
  }
}
