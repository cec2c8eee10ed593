package vn.luot.admin.turn;

import io.smallrye.mutiny.Multi;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicLong;

/** Disconnects a client that takes too long for a piece of a streamed answer. */
@ApplicationScoped
public class Taken {
  private final Vertx vertx;
  private final long millis;

  Taken(Vertx vertx, TurnsConfig config) {
    this.vertx = vertx;
    this.millis = config.readWithin().toMillis();
  }

  /** The pieces, of which the next one is asked for when the one before has left. */
  public Multi<byte[]> inTime(Multi<byte[]> pieces, HttpServerRequest request) {
    AtomicLong timer = new AtomicLong(-1);
    return pieces
        .onItem()
        .invoke(() -> timer.set(vertx.setTimer(millis, late -> request.connection().close())))
        .onRequest()
        .invoke(() -> vertx.cancelTimer(timer.get()))
        .onTermination()
        .invoke(() -> vertx.cancelTimer(timer.get()));
  }
}
