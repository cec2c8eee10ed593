package vn.luot.admin.body;

/** Why an owner did something, as it is kept for ever. */
public final class Reasons {
  private static final int LONGEST = 500;

  private Reasons() {}

  public static boolean isFit(String reason) {
    return reason != null
        && !reason.isBlank()
        && reason.codePointCount(0, reason.length()) <= LONGEST
        && reason
            .codePoints()
            .noneMatch(c -> Character.isISOControl(c) || c >= 0xD800 && c <= 0xDFFF);
  }
}
