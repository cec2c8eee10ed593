package vn.luot.connection;

import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Sends the clients of a pod that is about to end to another one.
 *
 * <p>Not being ready keeps new connections away. Those that are open stay on this pod until they
 * are closed, and a request on its way when the pod closes one is lost; so every answer asks its
 * client to close the connection, while this pod still serves.
 */
@Singleton
class Drain {
  /** Before everything else, refusals included. */
  private static final int FIRST = Integer.MIN_VALUE;

  private final Router router;
  private final boolean serving;

  Drain(
      Router router,
      @ConfigProperty(name = "quarkus.http.host-enabled", defaultValue = "true") boolean serving) {
    this.router = router;
    this.serving = serving;
  }

  /** Only now, so that it costs nothing before. */
  void begin(@Observes ShutdownDelayInitiatedEvent end) {
    if (!serving) {
      return;
    }
    Log.info("Not ready any more; serving until connections have moved on");
    router
        .route()
        .order(FIRST)
        .handler(
            context -> {
              context.response().putHeader("Connection", "close");
              context.next();
            });
  }
}
