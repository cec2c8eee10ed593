package vn.luot.widget;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.smallrye.config.ConfigMapping;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import vn.luot.connection.RequestStep;

/** Sends every page of ours with what browsers need to keep it safe. */
@Singleton
class PageHeaders {
  private static final String OWNERS = "/admin";

  /** The query that shows numbers to whom a link was given: it asks for no key, and keeps none. */
  private static final String SHARED = "shared";

  /** All hosts of a domain, or ports of a host, may be meant by an asterisk. */
  private static final Pattern ORIGIN = Pattern.compile("https?://[a-z0-9.:*\\[\\]-]+");

  private final String frames;

  PageHeaders(Config config) {
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
    Policy policy = Policy.of(path);
    if (policy != null) {
      String content =
          policy == Policy.OWNERS && SHARED.equals(context.request().query())
              ? policy.content.replace("frame-ancestors 'none'", frames)
              : policy.content;
      write(policy, content, context.response());
    }
    context.next();
  }

  private static void write(Policy policy, String content, HttpServerResponse response) {
    response
        .putHeader("Content-Security-Policy", content)
        .putHeader("X-Content-Type-Options", "nosniff");
    if (policy != Policy.PORTAL) {
      // The portal's pages name themselves to the widget's calls; these have no reason to.
      response.putHeader("Referrer-Policy", "no-referrer");
    }
    if (policy == Policy.OWNERS) {
      // Asked for again each time, and answered 304: its files must be of one version.
      response.putHeader("Cache-Control", "no-cache");
    }
  }

  /** Settings of our own pages. */
  @ConfigMapping(prefix = "luot.page")
  public interface Config {
    /**
     * Origins whose pages may show shared numbers in a frame, such as {@code
     * https://tinh.example.vn}. Nobody by default.
     */
    Optional<List<String>> sharedNumbersIn();
  }

  /** What a page of ours may load and do, so that nothing smuggled into it can do more. */
  enum Policy {
    /** Reads numbers with a key: nothing but its own files, in no frame unless they are shared. */
    OWNERS(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
            + " connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"),

    /** Swagger UI: the framework writes its start into the page, and its parts style themselves. */
    CALLS(
        "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline';"
            + " img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none';"
            + " form-action 'none'"),

    /** The demo portal and the pages on embedding: as strict a page as the widget must work in. */
    PORTAL("default-src 'self'; frame-ancestors 'self'; base-uri 'none'; form-action 'none'");

    final String content;

    Policy(String content) {
      this.content = content;
    }

    /** By normalised path; null for what is no page. */
    static @Nullable Policy of(String path) {
      if (path.startsWith("/v1/") || path.startsWith("/admin/v1/")) {
        return null;
      }
      if (path.startsWith("/admin/")) {
        return OWNERS;
      }
      if (path.startsWith("/q/swagger-ui")) {
        return CALLS;
      }
      boolean isPortal =
          path.equals("/")
              || path.equals("/index.html")
              || path.startsWith("/tin-tuc/")
              || ScriptRoutes.GUIDES.contains(path.substring(1));
      return isPortal ? PORTAL : null;
    }
  }
}
