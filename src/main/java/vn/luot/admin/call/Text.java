package vn.luot.admin.call;

/** What people write: names, reasons. */
public final class Text {
  /** Of a reason, which is kept for ever. */
  public static final int REASON = 500;

  private Text() {}

  /**
   * Whether it says something in at most so many characters, none of them a control or half one.
   */
  public static boolean isFit(String text, int most) {
    return text != null
        && !text.isBlank()
        && text.codePointCount(0, text.length()) <= most
        && text.codePoints()
            .noneMatch(c -> Character.isISOControl(c) || c >= 0xD800 && c <= 0xDFFF);
  }

  /** What to send instead. */
  public static String rule(int most) {
    return "1 to " + most + " characters, none of them a control";
  }
}
