package vn.luot.connection;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** What many pipelines have in common. */
public final class Unis {
  private Unis() {}

  /** Begins when subscribed to. */
  public static <T> Uni<T> of(Supplier<Future<T>> begin) {
    return Uni.createFrom().completionStage(() -> begin.get().toCompletionStage());
  }

  /** One after the other; the first that fails is the last. */
  public static <T> Uni<Void> inTurn(Iterable<T> all, Function<? super T, Uni<?>> step) {
    return Multi.createFrom()
        .iterable(all)
        .onItem()
        .<Object>transformToUniAndConcatenate(step)
        .collect()
        .last()
        .replaceWithVoid();
  }

  /**
   * So many at once. One that fails keeps no other from its turn; in the end all that failed is
   * reported.
   */
  public static <T> Uni<Void> each(
      Iterable<T> all, int atOnce, Function<? super T, Uni<Void>> step) {
    return Multi.createFrom()
        .iterable(all)
        .onItem()
        .transformToUni(item -> step.apply(item))
        .collectFailures()
        .merge(atOnce)
        .collect()
        .last();
  }

  /** For {@code plug}: fails where nothing came for so long. */
  public static <T> UnaryOperator<Uni<T>> within(Duration most) {
    return begun -> begun.ifNoItem().after(most).fail();
  }

  /** Chunk after chunk, until one was not full; {@code chunk} completes with how much it did. */
  public static <N extends Number> Uni<Void> inChunks(int most, Supplier<Uni<N>> chunk) {
    return Uni.createFrom()
        .deferred(chunk::get)
        .repeat()
        .until(done -> done.longValue() < most)
        .collect()
        .last()
        .replaceWithVoid();
  }

  /** For {@code plug}: null where it fails, which is only told. */
  public static <T> UnaryOperator<Uni<T>> orNull(Consumer<Throwable> tell) {
    return begun -> begun.onFailure().invoke(tell).onFailure().recoverWithNull();
  }
}
