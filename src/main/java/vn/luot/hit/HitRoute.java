package vn.luot.hit;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.CompletionException;
import vn.luot.site.PublicCall;
import vn.luot.site.Site;
import vn.luot.site.Sites;

/**
 * The short way of ordinary hits, past JAX-RS, which with its JSON was 15 % of a hit. Whatever is
 * unusual goes on to {@link HitResource}, which answers the same and documents both.
 */
@ApplicationScoped
class HitRoute {
  private static final String CALL = "/hits";

  /**
   * Before the filters of the frameworks, one of which looks for the resource of every request anew
   * to name it in traces and metrics: 6 % of a hit.
   */
  private static final int BEHIND_THE_DOOR = 999;

  private static final CharSequence JSON =
      HttpHeaders.createOptimized("application/json;charset=UTF-8");

  private final Sites sites;
  private final HitReader reader;
  private final Hits hits;

  HitRoute(Sites sites, HitReader reader, Hits hits) {
    this.sites = sites;
    this.reader = reader;
    this.hits = hits;
  }

  void register(@Observes Filters filters) {
    filters.register(this::enter, BEHIND_THE_DOOR);
  }

  private void enter(RoutingContext context) {
    HttpServerRequest request = context.request();
    String slug =
        request.method() == HttpMethod.POST ? PublicCall.siteBefore(CALL, request.path()) : null;
    if (slug == null || !isOrdinary(request)) {
      context.next();
      return;
    }
    Site site = sites.require(slug);
    request.body().onSuccess(body -> count(site, body, context)).onFailure(context::fail);
    request.resume();
  }

  /**
   * What every browser and most programs send; a body of unknown length is bounded elsewhere, and
   * one that waits to be asked for is asked for elsewhere.
   */
  private static boolean isOrdinary(HttpServerRequest request) {
    String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
    return request.getHeader(HttpHeaders.CONTENT_LENGTH) != null
        && request.getHeader(HttpHeaders.EXPECT) == null
        && PublicCall.plainlyAcceptsJson(request)
        && type != null
        && (isType(type, "application/json") || isType(type, "text/plain"));
  }

  private static boolean isType(String given, String wanted) {
    return given.startsWith(wanted)
        && (given.length() == wanted.length() || given.charAt(wanted.length()) == ';');
  }

  private void count(Site site, Buffer body, RoutingContext context) {
    try {
      hits.count(site, reader.read(body.getBytes()), context.request())
          .whenComplete((answer, failure) -> answer(context, answer, failure));
    } catch (RuntimeException refused) {
      context.fail(refused);
    }
  }

  private static void answer(RoutingContext context, HitAnswer answer, Throwable failure) {
    HttpServerResponse response = context.response();
    if (failure != null) {
      context.fail(failure instanceof CompletionException ? failure.getCause() : failure);
    } else if (!response.closed()) {
      // Too short to be worth compressing, which every browser asks for.
      response
          .putHeader(HttpHeaders.CONTENT_ENCODING, HttpHeaders.IDENTITY)
          .putHeader(HttpHeaders.CONTENT_TYPE, JSON)
          .end(answer.json());
    }
  }
}
