package vn.luot.flush;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Response;
import java.util.function.Function;

/**
 * Some of what waits to be flushed, as a scan finds it.
 *
 * @param next the scan's cursor, from which it goes on
 */
record Portion<T>(T rows, String next) {
  /** Where a scan begins, and what it answers when it is at its end. */
  private static final String END = "0";

  /** {@code found} is what a scan answered: its cursor, and what {@code rows} is. */
  static <T> Portion<T> of(Response found, T rows) {
    return new Portion<>(rows, found.get(0).toString());
  }

  private boolean isLast() {
    return next.equals(END);
  }

  /**
   * Takes portion after portion, and reads the next one meanwhile: PostgreSQL need not wait for
   * Redis. Never are more than two of them in memory, however much waits.
   *
   * @param read by the cursor
   */
  static <T> Uni<Void> takeAll(
      Function<String, Uni<Portion<T>>> read, Function<T, Uni<Void>> take) {
    // Repeated, and not each one's sequel: a chain of them would hold all until the last is taken.
    return Multi.createBy()
        .repeating()
        .uni(() -> new Walk<>(read, take), Walk::step)
        .whilst(goesOn -> goesOn)
        .collect()
        .last()
        .replaceWithVoid();
  }

  private static final class Walk<T> {
    private final Function<String, Uni<Portion<T>>> read;
    private final Function<T, Uni<Void>> take;
    private Portion<T> now;

    Walk(Function<String, Uni<Portion<T>>> read, Function<T, Uni<Void>> take) {
      this.read = read;
      this.take = take;
    }

    /** Completes with whether there is more to take. */
    Uni<Boolean> step() {
      if (now == null) {
        return goOnWith(read.apply(END));
      }
      Uni<Void> taken = take.apply(now.rows);
      return now.isLast()
          ? taken.replaceWith(false)
          : goOnWith(
              Uni.combine()
                  .all()
                  .unis(taken, read.apply(now.next))
                  .with((done, following) -> following));
    }

    private Uni<Boolean> goOnWith(Uni<Portion<T>> following) {
      return following.invoke(portion -> now = portion).replaceWith(true);
    }
  }
}
