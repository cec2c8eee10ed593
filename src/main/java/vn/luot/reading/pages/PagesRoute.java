package vn.luot.reading.pages;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import vn.luot.connection.Gzip;
import vn.luot.site.PublicCall;
import vn.luot.site.Sites;

/**
 * The short way of those who read a list of pages, past JAX-RS: all readers of a front page ask for
 * the same list, and what they are given within seconds is read and written once. Whatever is
 * unusual goes on to {@link PagesResource}, which answers the same and documents both.
 */
@ApplicationScoped
class PagesRoute {
  private static final String CALL = "/pages";

  /** Behind PublicDoor, before the filters of the frameworks. */
  private static final int BEHIND_THE_DOOR = 997;

  private static final CharSequence JSON =
      HttpHeaders.createOptimized("application/json;charset=UTF-8");

  private static final CharSequence GZIP = HttpHeaders.createOptimized("gzip");

  private final Sites sites;
  private final SharedLists lists;

  PagesRoute(Sites sites, SharedLists lists) {
    this.sites = sites;
    this.lists = lists;
  }

  void register(@Observes Filters filters) {
    filters.register(this::enter, BEHIND_THE_DOOR);
  }

  private void enter(RoutingContext context) {
    HttpServerRequest request = context.request();
    String slug =
        request.method() == HttpMethod.GET ? PublicCall.siteBefore(CALL, request.path()) : null;
    if (slug == null || !isOrdinary(request)) {
      context.next();
      return;
    }
    lists
        .read(sites.requireReadable(slug), request.query(), () -> context.queryParam("path"))
        .whenComplete((list, failure) -> answer(context, list, failure));
  }

  private static boolean isOrdinary(HttpServerRequest request) {
    return request.query() != null && PublicCall.plainlyReadsJson(request.headers());
  }

  private static void answer(RoutingContext context, SharedLists.Written list, Throwable failure) {
    HttpServerResponse response = context.response();
    if (failure != null) {
      context.fail(failure);
    } else if (!response.closed()) {
      response.putHeader(HttpHeaders.CONTENT_TYPE, JSON);
      if (Gzip.isIn(context.request().getHeader(HttpHeaders.ACCEPT_ENCODING))) {
        response.putHeader(HttpHeaders.CONTENT_ENCODING, GZIP);
        response.end(Buffer.buffer(list.gzip()));
      } else {
        response.end(Buffer.buffer(list.json()));
      }
    }
  }
}
