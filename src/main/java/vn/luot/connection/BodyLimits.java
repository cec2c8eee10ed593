package vn.luot.connection;

import io.quarkus.vertx.http.runtime.VertxHttpRecorder;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import vn.luot.refusal.Reason;
import vn.luot.refusal.Refusal;

/** Holds imports to their limit and every other body to a small one, before any of it is read. */
@ApplicationScoped
class BodyLimits {
  private final BodyConfig config;
  private final long others;

  BodyLimits(BodyConfig config) {
    this.config = config;
    this.others = config.others().asLongValue();
  }

  void register(@Observes Filters filters) {
    RequestStep.BODY_LIMITS.take(filters, this::limit);
  }

  private void limit(RoutingContext context) {
    String length = context.request().getHeader("Content-Length");
    long most = most(context.request());
    if (length == null) {
      // Where the framework itself stops reading, by just hanging up: behind UnannouncedBodies.
      context.put(VertxHttpRecorder.MAX_REQUEST_SIZE_KEY, 2 * most);
    } else if (isOver(length, most)) {
      context.fail(413, refuse(context, most));
      return;
    }
    context.next();
  }

  /** What is still on its way is not read. */
  static Refusal refuse(RoutingContext context, long most) {
    context.response().putHeader("Connection", "close");
    return Refusal.of(Reason.TOO_LARGE, "Send at most " + most + " bytes.");
  }

  private static boolean isOver(String length, long most) {
    return length.length() > 18 || Long.parseLong(length) > most;
  }

  /** The most bytes its body may have. */
  long most(HttpServerRequest request) {
    boolean isImport =
        request.method() == HttpMethod.POST
            && request.path().startsWith("/admin/v1/sites/")
            && request.path().endsWith("/imports");
    return isImport ? config.imports().asLongValue() : others;
  }
}
