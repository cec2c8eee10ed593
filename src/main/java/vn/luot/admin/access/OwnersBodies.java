package vn.luot.admin.access;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.function.BiConsumer;
import vn.luot.connection.BodyLimits;
import vn.luot.connection.RequestStep;
import vn.luot.refusal.Refusal;
import vn.luot.refusal.Refusals;

/**
 * Reads no large body of whom it will refuse: a body is kept in memory until it is whole, and a
 * stranger may send thousands at once.
 */
@Singleton
record OwnersBodies(Access access) {
  void register(@Observes Filters filters) {
    RequestStep.OWNERS_BODIES.take(filters, this::enter);
  }

  private void enter(RoutingContext call) {
    if (!call.request().path().startsWith("/admin/v1/") || !BodyLimits.isLarge(call.request())) {
      call.next();
      return;
    }
    Context loop = Vertx.currentContext();
    call.request().pause();
    BiConsumer<RoutingContext, Throwable> answeredHere = (refused, failure) -> {};
    // Otherwise the framework would answer as well.
    call.put(QuarkusHttpUser.AUTH_FAILURE_HANDLER, answeredHere);
    access
        .open(call)
        .emitOn(next -> loop.runOnContext(now -> next.run()))
        .subscribe()
        .with(opened -> call.next(), failure -> refuse(call, Refusals.of(failure)));
  }

  private static void refuse(RoutingContext call, Refusal refusal) {
    call.fail(refusal.reason().status(), refusal);
  }
}
