package vn.luot.flush.day;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import vn.luot.connection.Unis;

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
    private @Nullable T found;
    private @Nullable T taken;

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

  /**
   * How a flush goes on.
   *
   * @param chunk how much is merged by one statement
   * @param rest what follows every chunk but the last
   */
  public record Pace(int chunk, Supplier<Uni<Void>> rest) {
    /** Without rests: somebody waits for it, or much does. */
    public Pace(int chunk) {
      this(chunk, () -> Uni.createFrom().voidItem());
    }
  }

  /**
   * Looks through a set or a hash of Redis. A chunk is found by many calls, since Redis does
   * nothing else during one: of 5000 pages, hits waited for 4 milliseconds.
   *
   * @param send where to
   * @param command SSCAN or HSCAN
   */
  public record Scan(Function<Request, Future<Response>> send, Command command, String key) {
    public static final int AT_ONCE = 250;

    /**
     * So many members or fields, or somewhat more, from the cursor on; or what is left of them.
     * Each once, though a scan may find it twice: a field with the value found last, a member with
     * an empty one.
     */
    public Uni<Chunk<Map<String, String>>> chunk(String cursor, int size) {
      return Multi.createBy()
          .repeating()
          .uni(() -> new AtomicReference<>(nothing(cursor)), found -> goOn(found, size))
          .whilst(found -> !found.isLast() && found.rows().size() < size)
          .collect()
          .last();
    }

    private static Chunk<Map<String, String>> nothing(String cursor) {
      return new Chunk<>(new LinkedHashMap<>(), cursor);
    }

    private Uni<Chunk<Map<String, String>>> goOn(
        AtomicReference<Chunk<Map<String, String>>> found, int size) {
      Chunk<Map<String, String>> last = Objects.requireNonNull(found.get());
      Map<String, String> rows = last.rows();
      return Unis.of(() -> send.apply(request(last.next(), size)))
          .invoke(reply -> add(reply.get(1), rows))
          .map(reply -> new Chunk<>(rows, reply.get(0).toString()))
          .invoke(found::set);
    }

    private Request request(String cursor, int size) {
      return Request.cmd(command).arg(key).arg(cursor).arg("COUNT").arg(Math.min(size, AT_ONCE));
    }

    private void add(Response reply, Map<String, String> found) {
      boolean withValues = command == Command.HSCAN;
      for (int i = 0; i < reply.size(); i += withValues ? 2 : 1) {
        found.put(reply.get(i).toString(), withValues ? reply.get(i + 1).toString() : "");
      }
    }
  }
}
