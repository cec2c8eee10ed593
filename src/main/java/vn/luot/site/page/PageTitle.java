package vn.luot.site.page;

import java.text.Normalizer;
import org.jspecify.annotations.Nullable;

/** Titles as lists show them: one line, without what cannot be seen. */
public final class PageTitle {
  public static final int MOST_CHARS = 300;

  /** Below it are the letters of Latin scripts, composed. */
  private static final char COMBINING = 0x300;

  private PageTitle() {}

  /**
   * Without half characters, without characters that are invisible or turn the direction of what
   * follows (a title must not rewrite the list around it), cut to its length; null where nothing is
   * left.
   */
  public static @Nullable String of(@Nullable String written) {
    if (written == null || isPlain(written)) {
      return written;
    }
    StringBuilder clean = new StringBuilder(Math.min(written.length(), MOST_CHARS));
    Normalizer.normalize(cut(written.strip()), Normalizer.Form.NFC)
        .codePoints()
        .forEach(
            c -> {
              if (isBreak(c)) {
                clean.append(' ');
              } else if (isVisible(c)) {
                clean.appendCodePoint(c);
              }
            });
    String title = cut(clean.toString().strip());
    return title.isBlank() ? null : title;
  }

  /** Nearly all are. */
  private static boolean isPlain(String title) {
    int length = title.length();
    if (length == 0
        || length > MOST_CHARS
        || title.charAt(0) == ' '
        || title.charAt(length - 1) == ' ') {
      return false;
    }
    for (int i = 0; i < length; i++) {
      char c = title.charAt(i);
      boolean ascii = c >= ' ' && c < 0x7f;
      boolean latin = c >= 0xa1 && c < COMBINING && c != 0xad;
      boolean vietnamese = c >= 0x1e00 && c < 0x1f00;
      if (!ascii && !latin && !vietnamese) {
        return false;
      }
    }
    return true;
  }

  private static String cut(String text) {
    return text.codePointCount(0, text.length()) <= MOST_CHARS
        ? text
        : text.substring(0, text.offsetByCodePoints(0, MOST_CHARS));
  }

  private static boolean isBreak(int c) {
    int type = Character.getType(c);
    return type == Character.CONTROL
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR;
  }

  /** Source of what is invisible besides type Cf: Unicode, Default_Ignorable_Code_Point. */
  public static boolean isVisible(int c) {
    int type = Character.getType(c);
    boolean ignorable =
        c == 0x34f
            || c == 0x115f
            || c == 0x1160
            || c == 0x17b4
            || c == 0x17b5
            || c >= 0x180b && c <= 0x180f
            || c == 0x2800
            || c == 0x3164
            || c >= 0xfe00 && c <= 0xfe0f
            || c == 0xffa0
            || c >= 0xe0000 && c <= 0xe0fff;
    return !ignorable && type != Character.FORMAT && type != Character.SURROGATE;
  }
}
