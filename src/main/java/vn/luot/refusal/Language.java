package vn.luot.refusal;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a person reads. */
public enum Language {
  VIETNAMESE,
  ENGLISH;

  /** The first of them in {@code Accept-Language}: browsers list what is preferred first. */
  public static Language of(@Nullable String accepted, Language otherwise) {
    if (accepted != null) {
      for (String range : accepted.toLowerCase(Locale.ROOT).split(",")) {
        String language = range.strip();
        if (language.startsWith("vi")) {
          return VIETNAMESE;
        }
        if (language.startsWith("en")) {
          return ENGLISH;
        }
      }
    }
    return otherwise;
  }

  /** A count, its thousands set apart. By hand: a native executable knows one locale only. */
  public String grouped(long count) {
    String english = String.format(Locale.ROOT, "%,d", count);
    return this == ENGLISH ? english : english.replace(',', '.');
  }

  /** As in the attribute {@code lang}. */
  public String tag() {
    return this == VIETNAMESE ? "vi" : "en";
  }
}
