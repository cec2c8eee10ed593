package vn.luot.page;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.regex.Pattern;
import vn.luot.connection.RequestStep;

/** Sends every page of ours with what browsers need to keep it safe. */
@ApplicationScoped
class PageHeaders {
  private static final String OWNERS = "/admin";

  /** The query that shows numbers to whom a link was given: it asks for no key, and keeps none. */
  private static final String SHARED = "shared";

  /** All hosts of a domain, or ports of a host, may be meant by an asterisk. */
  private static final Pattern ORIGIN = Pattern.compile("https?://[a-z0-9.:*\\[\\]-]+");

  private final String frames;

  PageHeaders(PageConfig config) {
    List<String> origins = config.sharedNumbersIn().orElse(List.of());
    origins.forEach(PageHeaders::requireOrigin);
    this.frames = "frame-ancestors " + (origins.isEmpty() ? "'none'" : String.join(" ", origins));
  }

  private static void requireOrigin(String origin) {
    if (!ORIGIN.matcher(origin).matches()) {
      throw new ConfigurationException(
          "luot.page.shared-numbers-in has %s: write an origin such as https://tinh.example.vn"
              .formatted(origin));
    }
  }

  void register(@Observes Filters filters) {
    RequestStep.PAGE_HEADERS.take(filters, this::prepare);
  }

  private void prepare(RoutingContext context) {
    String path = context.normalizedPath();
    if (path.equals(OWNERS)) {
      // Relative, so that it also holds behind a path prefix.
      context.response().setStatusCode(308).putHeader("Location", "admin/").end();
      return;
    }
    PagePolicy policy = PagePolicy.of(path);
    if (policy != null) {
      String content =
          policy == PagePolicy.OWNERS && SHARED.equals(context.request().query())
              ? policy.content.replace("frame-ancestors 'none'", frames)
              : policy.content;
      write(policy, content, context.response());
    }
    context.next();
  }

  private static void write(PagePolicy policy, String content, HttpServerResponse response) {
    response
        .putHeader("Content-Security-Policy", content)
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
