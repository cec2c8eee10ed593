package vn.luot.site.door;

import static io.vertx.core.http.HttpHeaders.createOptimized;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import vn.luot.connection.RequestStep;
import vn.luot.connection.request.FastConnection;
import vn.luot.refusal.Reason;
import vn.luot.refusal.Refusal;
import vn.luot.refusal.Refusal.FieldError;
import vn.luot.refusal.RefusalMetrics;
import vn.luot.refusal.RefusedOrigins;
import vn.luot.refusal.RefusedOrigins.Refused;
import vn.luot.site.Origins;
import vn.luot.site.Site;
import vn.luot.site.registry.Sites;

/**
 * Decides, before a body is read, whether a page of this origin may call for this site.
 *
 * <p>It stands in front of JAX-RS so that refusals of any kind, preflights included, carry the
 * right CORS headers.
 */
@Singleton
class PublicDoor {
  private static final String PREFIX = PublicCall.PREFIX;
  private static final String OWNERS = "/admin/v1/";

  // Made once: written with every answer.
  private static final CharSequence NO_SNIFF = createOptimized("X-Content-Type-Options");
  private static final CharSequence NO_SNIFFING = createOptimized("nosniff");
  private static final CharSequence ORIGIN = createOptimized("Origin");
  private static final CharSequence EXPOSED = createOptimized("Retry-After, ETag");

  private final Sites sites;
  private final RefusedOrigins refused;
  private final Counter hits;

  PublicDoor(Sites sites, RefusedOrigins refused, RefusalMetrics refusals, MeterRegistry metrics) {
    this.sites = sites;
    this.refused = refused;
    this.hits = metrics.counter("luot.hits.received");
    PublicCall.LABELS.forEach(refusals::expect);
  }

  void register(@Observes Filters filters) {
    RequestStep.PUBLIC_DOOR.take(filters, this::enter);
  }

  private void enter(RoutingContext context) {
    String path = context.request().path();
    String call = PublicCall.label(context.request().method(), path);
    // Whatever becomes of it.
    if (call.equals("hits")) {
      hits.increment();
      FastConnection.openOn(context.request().connection().localAddress());
    }
    if (!isPlain(path, context.normalizedPath())) {
      context.response().putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, "*");
      context.fail(404, Refusal.of(Reason.NOT_FOUND, "Write the path as /q/openapi does."));
      return;
    }
    MultiMap answer = context.response().headers();
    if (!path.startsWith(PREFIX)) {
      if (path.startsWith(OWNERS)) {
        answer.add(NO_SNIFF, NO_SNIFFING).add(HttpHeaders.CACHE_CONTROL, "private, no-store");
      }
      pass(context);
      return;
    }
    boolean preflight = context.request().method() == HttpMethod.OPTIONS;
    answer.add(HttpHeaders.VARY, ORIGIN).add(NO_SNIFF, NO_SNIFFING);
    if (context.request().method() == HttpMethod.GET) {
      // Only where the call says nothing itself: it would add a second one.
      context.addHeadersEndHandler(
          sent -> {
            if (!answer.contains(HttpHeaders.CACHE_CONTROL)) {
              answer.set(HttpHeaders.CACHE_CONTROL, PublicCall.cacheControl(call));
            }
          });
    }
    try {
      admit(context.request(), siteIn(path, context.request()), answer);
    } catch (Refusal refusal) {
      // A refusal holds no numbers: whoever made the page may read what is wrong with it.
      answer.set(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, "*");
      answer.set(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
      context.fail(refusal.reason().status(), refusal);
      return;
    }
    if (preflight) {
      context.response().setStatusCode(204).end();
    } else {
      pass(context);
    }
  }

  private static void pass(RoutingContext context) {
    if (context.request().uri().contains("%00")) {
      context.fail(400, Refusal.of(Reason.MALFORMED, "Leave out %00: PostgreSQL stores no NUL."));
    } else {
      context.next();
    }
  }

  /**
   * Routes are matched by the normalised path, without matrix parameters. What is written in any
   * other way would be judged here as one thing and answered as another, so it is nothing.
   */
  private static boolean isPlain(String path, String normalised) {
    return path != null && path.equals(normalised) && path.indexOf(';') < 0 && !path.contains("//");
  }

  private void admit(HttpServerRequest request, Site site, MultiMap answer) {
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    String named = origin == null ? originOfReader(request) : origin;
    if (!site.allows(named) && !PublicCall.asksPerson(request)) {
      remember(site, Reason.ORIGIN_NOT_ALLOWED, named);
      throw notAllowed(site, origin);
    }
    if (origin != null && site.allows(origin)) {
      answer.add(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
      answer.add(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
    }
    if (request.method() == HttpMethod.OPTIONS) {
      answer.add("Access-Control-Allow-Methods", "GET, POST, PUT, DELETE");
      answer.add("Access-Control-Allow-Headers", "Content-Type");
      answer.add("Access-Control-Max-Age", "86400");
    }
  }

  private static Refusal notAllowed(Site site, String origin) {
    return origin == null
        ? Refusal.of(
            Reason.ORIGIN_NOT_ALLOWED,
            "Name the page's origin in the header Origin, or in Referer where reading.")
        : Refusal.of(
            Reason.ORIGIN_NOT_ALLOWED,
            "Add " + origin + " to the allowed origins of the site " + site.slug() + ".",
            new FieldError("origin", origin));
  }

  private void remember(Site site, Reason reason, @Nullable String named) {
    String origin = Objects.requireNonNullElse(Origins.normal(named), "");
    refused.add(site.id(), new Refused(reason, origin), 1);
  }

  /** Browsers name no Origin when a page reads from where it came, or loads a picture. */
  private static @Nullable String originOfReader(HttpServerRequest request) {
    boolean reads = request.method() == HttpMethod.GET || request.method() == HttpMethod.HEAD;
    String referer = reads ? request.getHeader("Referer") : null;
    if (referer == null || !referer.contains("://")) {
      return null;
    }
    int host = referer.indexOf("://");
    int path = referer.indexOf('/', host + 3);
    return path < 0 ? referer : referer.substring(0, path);
  }

  /** Where there is none of this name, the origin may tell which one was meant. */
  private Site siteIn(String path, HttpServerRequest request) {
    int end = path.indexOf('/', PREFIX.length());
    String slug = path.substring(PREFIX.length(), end < 0 ? path.length() : end);
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    String meant = sites.known(slug) == null ? sites.servedAt(origin) : null;
    if (meant != null) {
      remember(sites.require(meant), Reason.UNKNOWN_SITE, origin);
      throw Refusal.of(
          Reason.UNKNOWN_SITE,
          "No site is called " + slug + "; " + origin + " is registered for " + meant + ".",
          new FieldError("site", meant));
    }
    return sites.require(slug);
  }
}
