package vn.luot.flush;

import io.smallrye.mutiny.Uni;
import java.util.function.Supplier;

/**
 * How a flush goes on.
 *
 * @param chunk how much is merged by one statement
 * @param rest what follows every chunk but the last
 */
record Pace(int chunk, Supplier<Uni<Void>> rest) {
  /** Without rests: somebody waits for it, or much does. */
  Pace(int chunk) {
    this(chunk, () -> Uni.createFrom().voidItem());
  }
}
