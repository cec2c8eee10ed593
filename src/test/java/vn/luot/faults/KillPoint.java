package vn.luot.faults;

import vn.luot.live.record.RecordHits;
import vn.luot.live.redis.Script;

/**
 * A moment to kill a pod at: when it asks a store for this, before or after the store did it.
 *
 * <p>All that others see of a pod is what it asks of the stores, so between two such moments one
 * instruction is as good as another; and the service needs no hook for it.
 */
enum KillPoint {
  BATCH_NOT_SENT(Of.REDIS, RecordHits.script().sha(), false),
  BATCH_EXECUTED(Of.REDIS, RecordHits.script().sha(), true),
  START_READ(Of.POSTGRES, "pg_postmaster_start_time", true),
  DIRTY_READ(Of.REDIS, "SUNION", true),
  MARK_IN_REDIS(Of.REDIS, script("mark_flush", ""), true),
  MARK_LEFT(Of.POSTGRES, "INSERT INTO epoch_flush", true),
  NAMES_MERGED(Of.POSTGRES, "INSERT INTO page AS p", true),
  NAMES_NOT_CONFIRMED(Of.REDIS, script("confirm_names", ""), false),
  NAMES_CONFIRMED(Of.REDIS, script("confirm_names", ""), true),
  // Other calls of it ask for views alone.
  PAGES_READ(Of.REDIS, script("read", ":\\d+\r(?s:.*)\nn-?\\d+"), true),
  PAGES_NOT_MERGED(Of.POSTGRES, "INSERT INTO page_views", false),
  PAGES_MERGED(Of.POSTGRES, "INSERT INTO page_views", true),
  PAGES_CONFIRMED(Of.REDIS, script("confirm", "\\d:dirty"), true),
  HOURS_READ(Of.REDIS, script("read", ":day"), true),
  HOURS_NOT_MERGED(Of.POSTGRES, "INSERT INTO hourly_views", false),
  HOURS_MERGED(Of.POSTGRES, "INSERT INTO hourly_views", true),
  HOURS_NOT_CONFIRMED(Of.REDIS, script("confirm", "\\}:dirty"), false),
  HOURS_CONFIRMED(Of.REDIS, script("confirm", "\\}:dirty"), true),
  FLUSH_NOT_REMEMBERED(Of.REDIS, "luot:flushed", false),
  FLUSH_REMEMBERED(Of.REDIS, "luot:flushed", true);

  /** Which store is asked. */
  enum Of {
    REDIS(""),
    // It answers to the text of a statement first, and says this when it has been executed.
    POSTGRES("(INSERT 0|SELECT) \\d+\0");

    private final String done;

    Of(String done) {
      this.done = done;
    }
  }

  final Of store;
  private final String words;
  private final boolean executed;

  KillPoint(Of store, String words, boolean executed) {
    this.store = store;
    this.words = words;
    this.executed = executed;
  }

  void arm(Wire wire, Runnable kill) {
    wire.trap(words, executed ? store.done : null, kill);
  }

  /** A call of it whose first key ends so. */
  private static String script(String name, String key) {
    return Script.named(name).sha() + "\r\n\\$\\d+\r\n\\d+\r\n\\$\\d+\r\n\\S*" + key + "\r";
  }
}
