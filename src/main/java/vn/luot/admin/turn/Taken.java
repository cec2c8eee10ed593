package vn.luot.admin.turn;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.mutiny.Multi;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClosedException;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicLong;

/** Streams answers to clients who are there and take each piece in time; others are left. */
@ApplicationScoped
public class Taken {
  private final Vertx vertx;
  private final CurrentVertxRequest request;
  private final long millis;

  Taken(Vertx vertx, CurrentVertxRequest request, TurnsConfig config) {
    this.request = request;
    this.vertx = vertx;
    this.millis = config.readWithin().toMillis();
  }

  /** Fails where the client of this call has left meanwhile: nobody waits for the answer. */
  public Runnable stillThere() {
    RoutingContext call = request.getCurrent();
    return () -> {
      if (call.response().closed()) {
        throw new HttpClosedException("the client has left");
      }
    };
  }

  /**
   * The pieces, of which the next one is asked for when the one before has left. Cancelled when the
   * client leaves: the framework itself does so only from the first piece on.
   */
  public Multi<byte[]> inTime(Multi<byte[]> pieces) {
    RoutingContext call = request.getCurrent();
    AtomicLong timer = new AtomicLong(-1);
    return pieces
        .onItem()
        .invoke(
            () -> timer.set(vertx.setTimer(millis, late -> call.request().connection().close())))
        .onRequest()
        .invoke(() -> vertx.cancelTimer(timer.get()))
        .onTermination()
        .invoke(() -> vertx.cancelTimer(timer.get()))
        .onSubscription()
        .invoke(subscribed -> call.addEndHandler(ended -> subscribed.cancel()));
  }
}
