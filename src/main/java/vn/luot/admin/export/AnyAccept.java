package vn.luot.admin.export;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * The parameter format says which type is wanted, whatever Accept names: JAX-RS streams one type
 * from a method, and would refuse a client that accepts the other.
 */
@ApplicationScoped
class AnyAccept {
  void register(@Observes Router router) {
    router
        .getWithRegex("/admin/v1/sites/[^/]+/export")
        .order(Integer.MIN_VALUE + 1)
        .handler(
            context -> {
              context.request().headers().set(HttpHeaders.ACCEPT, "*/*");
              context.next();
            });
  }
}
