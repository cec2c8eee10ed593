package vn.luot.site.page;

import java.util.Locale;

/**
 * What is counted by path. Each is counted as the views of a page of its own are, so that limits,
 * names, totals and opening balances hold for all of them; only {@link #VIEWS} are part of a site's
 * views.
 *
 * <p>A further one takes a line here, in {@code Kind.HOURS} and in {@code Metric}; a field of
 * {@code HitRequest}, and of the answers {@code PageNumber}, {@code PageEntry} and {@code Section};
 * a column of hourly_views; and its hours in record_hits.lua and pages.lua.
 */
public enum Measure {
  /** Of a page. */
  VIEWS("", 0),
  /** Of a file, whose link was clicked. */
  DOWNLOADS("~download:", -1);

  /** Of a page's key; the others are 0 or, below that, the number of what is counted. */
  private static final int KEY_BITS = 60;

  private static final Measure[] ALL = values();

  /** Before the path. No page's path begins with ~. */
  public final String prefix;

  private final long high;

  Measure(String prefix, long high) {
    this.prefix = prefix;
    this.high = high;
  }

  static Measure of(long key) {
    for (Measure measure : ALL) {
      if (measure.high == Math.min(0, key >> KEY_BITS)) {
        return measure;
      }
    }
    throw new IllegalArgumentException("no page has the key " + key);
  }

  /** The key under which this is counted, made of a hash or of what else is counted by the path. */
  long key(long any) {
    return any & (1L << KEY_BITS) - 1 | high << KEY_BITS;
  }

  /** As the API and PostgreSQL call it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** An SQL expression: how many of a row with this page and these views are counted by this. */
  public String of(String page, String views) {
    String counted = this == VIEWS ? " >= 0" : " >> %d = %d".formatted(KEY_BITS, high);
    return "CASE WHEN " + page + counted + " THEN " + views + " ELSE 0 END";
  }

  /** An SQL expression: a path without what says what is counted. */
  public static String path(String path) {
    return "regexp_replace(" + path + ", '^~[a-z]+:', '')";
  }
}
