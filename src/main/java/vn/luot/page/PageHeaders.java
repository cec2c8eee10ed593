package vn.luot.page;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import vn.luot.connection.RequestStep;

/** Sends every page of ours with what browsers need to keep it safe. */
@ApplicationScoped
class PageHeaders {
  private static final String OWNERS = "/admin";

  void register(@Observes Filters filters) {
    RequestStep.PAGE_HEADERS.take(filters, PageHeaders::prepare);
  }

  private static void prepare(RoutingContext context) {
    String path = context.normalizedPath();
    if (path.equals(OWNERS)) {
      // Relative, so that it also holds behind a path prefix.
      context.response().setStatusCode(308).putHeader("Location", "admin/").end();
      return;
    }
    PagePolicy policy = PagePolicy.of(path);
    if (policy != null) {
      write(policy, context.response());
    }
    context.next();
  }

  private static void write(PagePolicy policy, HttpServerResponse response) {
    response
        .putHeader("Content-Security-Policy", policy.content)
        .putHeader("X-Content-Type-Options", "nosniff");
    if (policy != PagePolicy.PORTAL) {
      // The portal's pages name themselves to the widget's calls; these have no reason to.
      response.putHeader("Referrer-Policy", "no-referrer");
    }
    if (policy == PagePolicy.OWNERS) {
      // Asked for again each time, and answered 304: its files must be of one version.
      response.putHeader("Cache-Control", "no-cache");
    }
  }
}
