package vn.luot.flush.day;

import vn.luot.live.redis.Keys;

/** The keys in Redis by which pods agree who flushes, and what was flushed. */
public final class FlushKeys {
  private FlushKeys() {}

  /** String, the marks of the last flushes. Stays; see {@code mark_flush.lua}. */
  public static String marks() {
    return Keys.once("marks");
  }

  /** The same of a bucket, where each may be on another Redis. */
  public static String marks(int bucket) {
    return Keys.tag(bucket) + "marks";
  }

  /** String, the pod that flushes. Expires before the next flush is due. */
  public static String flushing() {
    return Keys.once("flushing");
  }

  /** String, when the last complete flush began, in milliseconds of Unix time. Stays. */
  public static String flushed() {
    return Keys.once("flushed");
  }

  /**
   * String, the last start of PostgreSQL for which everything was marked to be flushed again.
   * Stays.
   */
  public static String postgres() {
    return Keys.once("postgres");
  }

  /** String, that everything was marked to be flushed again. Expires when that is due again. */
  public static String repeated() {
    return Keys.once("repeated");
  }
}
