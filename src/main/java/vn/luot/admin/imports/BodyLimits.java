package vn.luot.admin.imports;

import io.quarkus.vertx.http.runtime.VertxHttpRecorder;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import vn.luot.refusal.Reason;
import vn.luot.refusal.Refusal;

/**
 * The server's limit of bodies is that of imports; this holds every other call to a small one, so
 * that nothing large is buffered for it.
 */
@ApplicationScoped
class BodyLimits {
  /** After PublicDoor, and after the route (order -2) that sets the server's own limit. */
  private static final int LAST = 1;

  private final ImportsConfig config;

  BodyLimits(ImportsConfig config) {
    this.config = config;
  }

  void register(@Observes Filters filters) {
    filters.register(this::limit, LAST);
  }

  private void limit(RoutingContext context) {
    if (isImport(context.request())) {
      context.next();
      return;
    }
    long most = config.otherBodies().asLongValue();
    String length = context.request().getHeader("Content-Length");
    if (length != null && (length.length() > 18 || Long.parseLong(length) > most)) {
      context.response().putHeader("Connection", "close");
      context.fail(413, Refusal.of(Reason.TOO_LARGE, "Send at most " + most + " bytes."));
      return;
    }
    // Of unknown length: what reads the body stops there.
    context.put(VertxHttpRecorder.MAX_REQUEST_SIZE_KEY, most);
    context.next();
  }

  private static boolean isImport(HttpServerRequest request) {
    return request.method() == HttpMethod.POST
        && request.path().startsWith("/admin/v1/sites/")
        && request.path().endsWith("/imports");
  }
}
