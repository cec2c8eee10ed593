package vn.luot.admin.settlement;

import java.util.Locale;

/** What becomes of a day in quarantine. */
public enum Verdict {
  /** It counts, as if it had never been kept apart. */
  ADMITTED,
  /** It never counts. */
  DROPPED;

  /** As the table keeps it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Verdict of(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }
}
