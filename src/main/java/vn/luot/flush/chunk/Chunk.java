package vn.luot.flush.chunk;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Some of what waits to be flushed, as a scan finds it.
 *
 * @param next the scan's cursor, from which it goes on
 */
public record Chunk<T>(T rows, String next) {
  /** Where a scan begins, and what it answers when it is at its end. */
  private static final String END = "0";

  /** All that waits. */
  public static <T> Chunk<T> only(T rows) {
    return new Chunk<>(rows, END);
  }

  boolean isLast() {
    return next.equals(END);
  }

  /**
   * Takes chunk after chunk; the next one is read, and the one before confirmed, meanwhile:
   * PostgreSQL need not wait for Redis. Never are more than three of them in memory, however much
   * waits.
   *
   * @param pace that {@code read} was told of, too
   * @param read by the cursor
   * @param confirm what was taken
   */
  public static <T> Uni<Void> takeAll(
      Pace pace,
      Function<String, Uni<Chunk<T>>> read,
      Function<T, Uni<Void>> take,
      Function<T, Uni<Void>> confirm) {
    // Repeated, and not each one's sequel: a chain of them would hold all until the last is taken.
    return Multi.createBy()
        .repeating()
        .uni(() -> new Walk<>(pace, read, take, confirm), Walk::step)
        .whilst(goesOn -> goesOn)
        .collect()
        .last()
        .replaceWithVoid();
  }

  private static final class Walk<T> {
    private final Pace pace;
    private final Function<String, Uni<Chunk<T>>> read;
    private final Function<T, Uni<Void>> take;
    private final Function<T, Uni<Void>> confirm;
    private String next = END;
    private boolean readAll;
    private T found;
    private T taken;

    Walk(
        Pace pace,
        Function<String, Uni<Chunk<T>>> read,
        Function<T, Uni<Void>> take,
        Function<T, Uni<Void>> confirm) {
      this.pace = pace;
      this.read = read;
      this.take = take;
      this.confirm = confirm;
    }

    /** Completes with whether there is more to do. */
    Uni<Boolean> step() {
      List<Uni<Void>> atOnce = new ArrayList<>();
      if (taken != null) {
        atOnce.add(confirm.apply(taken));
      }
      if (found != null) {
        Uni<Void> take = this.take.apply(found);
        atOnce.add(readAll ? take : take.call(pace.rest()::get));
      }
      taken = found;
      found = null;
      if (!readAll) {
        atOnce.add(read.apply(next).invoke(this::goOn).replaceWithVoid());
      }
      return Uni.join().all(atOnce).andFailFast().map(done -> found != null || taken != null);
    }

    private void goOn(Chunk<T> chunk) {
      found = chunk.rows;
      next = chunk.next;
      readAll = chunk.isLast();
    }
  }
}
