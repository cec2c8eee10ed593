package vn.luot.reading.base;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/**
 * How long an answer waits for what PostgreSQL says. After one has waited in vain the others do not
 * for a while: with PostgreSQL down they would all be late, and none the wiser.
 */
@Singleton
class PostgresBreaker {
  private final long waitMillis;
  private final long hurryNanos;
  private final LongSupplier clock;
  private volatile long hurryUntil;

  @Inject
  PostgresBreaker(ReadingConfig config) {
    this(config.waitAtMost().toMillis(), config.hurryFor().toNanos(), System::nanoTime);
  }

  /** {@code clock} in nanoseconds. */
  PostgresBreaker(long waitMillis, long hurryNanos, LongSupplier clock) {
    this.waitMillis = waitMillis;
    this.hurryNanos = hurryNanos;
    this.clock = clock;
    this.hurryUntil = clock.getAsLong();
  }

  /** Completes with null where it takes too long or fails; {@code loading} goes on all the same. */
  <T> CompletionStage<T> await(CompletionStage<T> loading) {
    CompletableFuture<T> answer = loading.toCompletableFuture().copy();
    if (!answer.isDone() && clock.getAsLong() - hurryUntil < 0) {
      return CompletableFuture.completedFuture(null);
    }
    return answer
        .orTimeout(waitMillis, TimeUnit.MILLISECONDS)
        .exceptionally(
            failure -> {
              if (failure instanceof TimeoutException) {
                hurryUntil = clock.getAsLong() + hurryNanos;
              }
              return null;
            });
  }
}
