package vn.luot.admin.export;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import vn.luot.connection.RequestStep;

/**
 * The parameter format says which type is wanted, whatever Accept names: JAX-RS streams one type
 * from a method, and would refuse a client that accepts the other.
 */
@Singleton
class AnyAccept {
  private static final String PREFIX = "/admin/v1/sites/";
  private static final String END = "/export";

  void register(@Observes Filters filters) {
    RequestStep.EXPORT_ACCEPT.take(filters, AnyAccept::accept);
  }

  private static void accept(RoutingContext context) {
    HttpServerRequest request = context.request();
    if (request.path().startsWith(PREFIX) && request.path().endsWith(END)) {
      request.headers().set(HttpHeaders.ACCEPT, "*/*");
    }
    context.next();
  }
}
