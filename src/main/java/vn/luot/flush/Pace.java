package vn.luot.flush;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.util.function.Supplier;
import vn.luot.live.Futures;

/**
 * How a flush goes on.
 *
 * <p>A merge keeps PostgreSQL busy for as long as its chunk is large, and on a machine that the
 * stores share with pods, hits wait for a core meanwhile. What waits in everyday operation is taken
 * in small chunks with rests between; where much waits, catching up matters more.
 *
 * @param chunk how much is merged by one statement
 * @param rest what follows every chunk but the last
 */
record Pace(int chunk, Supplier<Uni<Void>> rest) {
  /** {@code waiting} registers are to be flushed. */
  static Pace forSoMuch(int waiting, FlushConfig config, Vertx vertx) {
    long rest = config.gentleRest().toMillis();
    return waiting > config.gentleUpTo() || rest == 0
        ? swift(config)
        : new Pace(
            config.gentleBatchSize(), () -> Futures.uni(() -> vertx.timer(rest)).replaceWithVoid());
  }

  /** Somebody waits for it. */
  static Pace swift(FlushConfig config) {
    return new Pace(config.batchSize(), () -> Uni.createFrom().voidItem());
  }
}
