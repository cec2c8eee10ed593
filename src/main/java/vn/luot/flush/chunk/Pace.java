package vn.luot.flush.chunk;

import io.smallrye.mutiny.Uni;
import java.util.function.Supplier;

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
