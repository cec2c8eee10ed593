package vn.luot.widget;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import vn.luot.connection.RequestStep;

/**
 * Lets the service live below a path of a portal's own host.
 *
 * <p>A filter, because {@code quarkus.http.root-path} is fixed when the application is built.
 */
@Singleton
class BasePath {
  private static final String STRIPPED = BasePath.class.getName();

  private final String base;

  BasePath(ScriptRoutes.Config config) {
    base = config.basePath().equals("/") ? "" : config.basePath();
    if (!base.isEmpty() && (!base.startsWith("/") || base.endsWith("/"))) {
      throw new IllegalArgumentException(
          "luot.widget.base-path begins with a slash and ends without one, as in /thong-ke");
    }
  }

  void register(@Observes Filters filters) {
    if (!base.isEmpty()) {
      RequestStep.BASE_PATH.take(filters, this::strip);
    }
  }

  private void strip(RoutingContext context) {
    var uri = context.request().uri();
    if (context.get(STRIPPED) != null) {
      context.next();
    } else if (uri.startsWith(base + "/")) {
      // Once: each time is a call within the one before, and an address has room for thousands.
      context.put(STRIPPED, true);
      context.reroute(uri.substring(base.length()));
    } else if (uri.equals(base)) {
      context.redirect(base + "/");
    } else {
      context.next();
    }
  }
}
