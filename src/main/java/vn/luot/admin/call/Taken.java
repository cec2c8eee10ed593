package vn.luot.admin.call;

import io.quarkus.arc.Arc;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.mutiny.Multi;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicLong;

/** Streams answers to clients who are there and take each piece in time; others are left. */
@Singleton
public class Taken {
  private final Vertx vertx;
  private final CurrentVertxRequest request;
  private final long millis;

  Taken(Vertx vertx, CurrentVertxRequest request, Turns.Config config) {
    this.request = request;
    this.vertx = vertx;
    this.millis = config.readWithin().toMillis();
  }

  /**
   * Runs it when this call is over; at once where it is. The cancellation of a Uni may be lost when
   * its client leaves just as one step follows the other.
   */
  public void whenOver(Runnable then) {
    RoutingContext call = Arc.container().requestContext().isActive() ? request.getCurrent() : null;
    if (call != null) {
      whenOver(call, then);
    }
  }

  private static void whenOver(RoutingContext call, Runnable then) {
    call.addEndHandler(over -> then.run());
    if (call.response().closed()) {
      then.run();
    }
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
        .invoke(subscribed -> whenOver(call, subscribed::cancel));
  }
}
