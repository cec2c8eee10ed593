package vn.luot.widget;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import vn.luot.connection.RequestStep;
import vn.luot.refusal.Reason;
import vn.luot.refusal.Refusal;

/** The demo portal is there where its site is; elsewhere its address leads owners to their page. */
@Singleton
class DemoPortal {
  private final boolean wanted;

  DemoPortal(@ConfigProperty(name = "luot.demo", defaultValue = "false") boolean wanted) {
    this.wanted = wanted;
  }

  void register(@Observes Filters filters) {
    if (!wanted) {
      RequestStep.DEMO_PORTAL.take(filters, DemoPortal::leaveOut);
    }
  }

  private static void leaveOut(RoutingContext context) {
    String path = context.normalizedPath();
    if (path.equals("/") || path.equals("/index.html")) {
      context.response().setStatusCode(302).putHeader("Location", "admin/").end();
    } else if (path.startsWith("/tin-tuc/")) {
      context.fail(404, Refusal.of(Reason.NOT_FOUND, "The demo portal is switched off."));
    } else {
      context.next();
    }
  }
}
