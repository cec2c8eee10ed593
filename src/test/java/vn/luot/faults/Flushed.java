package vn.luot.faults;

import java.time.Duration;
import org.awaitility.Awaitility;

/** When everything that was counted in Redis has reached PostgreSQL. */
public final class Flushed {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private Flushed() {}

  /** Waits for a whole flush that began after this was called; returns how long it took. */
  public static Duration await(int redisPort) {
    long now = System.currentTimeMillis();
    Awaitility.await("a whole flush")
        .atMost(LIMIT)
        .ignoreExceptions()
        .until(() -> begun(redisPort) > now);
    return Duration.ofMillis(System.currentTimeMillis() - now);
  }

  /** When the last one that is complete began. */
  private static long begun(int redisPort) {
    String millis = RedisCommand.send(redisPort, "GET", "luot:flushed");
    return millis == null ? 0 : Long.parseLong(millis);
  }
}
