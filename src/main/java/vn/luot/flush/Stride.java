package vn.luot.flush;

import io.smallrye.mutiny.Uni;
import java.util.function.Supplier;

/**
 * How a flush goes on.
 *
 * @param size how much one portion is: so much is merged by one statement
 * @param rest what follows every portion but the last
 */
record Stride(int size, Supplier<Uni<Void>> rest) {
  Stride(int size) {
    this(size, () -> Uni.createFrom().voidItem());
  }
}
