package vn.luot.connection.postgres;

import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpClosedException;
import java.time.Duration;
import vn.luot.refusal.Reason;
import vn.luot.refusal.Refusal;

/**
 * How long somebody waits for PostgreSQL, and what a caller is told where it does not answer: it is
 * down, a standby, has no room, or does not answer in time.
 */
public final class PostgresAnswer {
  /** Before the connection of whoever waits is closed as idle. */
  public static final Duration LIMIT = Duration.ofSeconds(30);

  private PostgresAnswer() {}

  public static <T> Uni<T> read(Uni<T> asked) {
    return read(asked, LIMIT);
  }

  /** Refused with 503 where there is no answer within {@code most}. */
  public static <T> Uni<T> read(Uni<T> asked, Duration most) {
    return within(asked, most, Reason.NOT_READABLE, "PostgreSQL does not answer; try again.");
  }

  public static <T> Uni<T> write(Uni<T> asked) {
    return write(asked, LIMIT, "see whether it was done, and try again");
  }

  /** As {@link #read}, of what may have been done all the same; {@code next} says what to do. */
  public static <T> Uni<T> write(Uni<T> asked, Duration most, String next) {
    return within(asked, most, Reason.NOT_STORED, "PostgreSQL did not confirm it: " + next + ".");
  }

  private static <T> Uni<T> within(Uni<T> asked, Duration most, Reason reason, String detail) {
    return asked
        .ifNoItem()
        .after(most)
        .fail()
        .onFailure(PostgresAnswer::isNone)
        .transform(
            e -> {
              Log.warnf("PostgreSQL does not answer: %s", e);
              return Refusal.forNow(reason, detail);
            });
  }

  /** With what was refused, or whose caller has gone, PostgreSQL has nothing to do. */
  private static boolean isNone(Throwable failure) {
    return !(failure instanceof Refusal
        || failure instanceof SecurityException
        || failure instanceof HttpClosedException);
  }
}
