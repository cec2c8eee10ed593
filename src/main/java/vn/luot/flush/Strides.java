package vn.luot.flush;

import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import vn.luot.live.Futures;

/**
 * Chooses how a flush goes on.
 *
 * <p>A merge keeps PostgreSQL busy for as long as its portion is large, and on a machine that the
 * stores share with pods, hits wait for a core meanwhile. What waits in everyday operation is taken
 * in small portions with rests between; where much waits, catching up matters more.
 */
@ApplicationScoped
class Strides {
  private final FlushConfig config;
  private final Vertx vertx;

  Strides(FlushConfig config, Vertx vertx) {
    this.config = config;
    this.vertx = vertx;
  }

  /** {@code waiting} registers are to be flushed. */
  Stride forSoMuch(int waiting) {
    long rest = config.gentleRest().toMillis();
    return waiting > config.gentleUpTo() || rest == 0
        ? swift()
        : new Stride(
            config.gentleBatchSize(), () -> Futures.uni(() -> vertx.timer(rest)).replaceWithVoid());
  }

  /** Somebody waits for it. */
  Stride swift() {
    return new Stride(config.batchSize());
  }
}
