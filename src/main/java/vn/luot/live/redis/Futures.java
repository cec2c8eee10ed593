package vn.luot.live.redis;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import java.util.function.Supplier;

/** From Redis's futures to Mutiny. */
public final class Futures {
  private Futures() {}

  /** Begins when subscribed to. */
  public static <T> Uni<T> uni(Supplier<Future<T>> begin) {
    return Uni.createFrom().completionStage(() -> begin.get().toCompletionStage());
  }
}
