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
import vn.luot.connection.RequestGate;
import vn.luot.site.PublicCall;
import vn.luot.site.Site;
import vn.luot.site.Sites;
import vn.luot.visitor.Caller;

/**
 * The way past JAX-RS, which with its JSON was 15 % of a hit, of ordinary hits for which {@link
 * HitShortWay} is not open. Whatever is unusual goes on to {@link HitResource}, which answers the
 * same and documents all three.
 */
@ApplicationScoped
class HitRoute {
  static final String CALL = "/hits";

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
  private final HitShortWay shortWay;

  HitRoute(Sites sites, HitReader reader, Hits hits, HitShortWay shortWay) {
    this.sites = sites;
    this.reader = reader;
    this.hits = hits;
    this.shortWay = shortWay;
  }

  void register(@Observes Filters filters) {
    filters.register(this::enter, BEHIND_THE_DOOR);
  }

  private void enter(RoutingContext context) {
    HttpServerRequest request = context.request();
    String slug =
        request.method() == HttpMethod.POST ? PublicCall.siteBefore(CALL, request.path()) : null;
    if (slug == null || !OrdinaryHit.is(request.headers())) {
      context.next();
      return;
    }
    Throwable refused = RequestGate.refusalOf(request);
    if (refused != null) {
      context.fail(refused);
      return;
    }
    shortWay.openWhere(request.connection().localAddress());
    Site site = sites.require(slug);
    Caller caller = Caller.of(request);
    request.body().onSuccess(body -> count(site, body, caller, context)).onFailure(context::fail);
    request.resume();
  }

  private void count(Site site, Buffer body, Caller caller, RoutingContext context) {
    try {
      hits.count(site, reader.read(body.getBytes()), caller)
          .whenComplete((answer, failure) -> answer(context, answer, failure));
    } catch (RuntimeException refused) {
      context.fail(refused);
    }
  }

  private static void answer(RoutingContext context, HitAnswer answer, Throwable failure) {
    HttpServerResponse response = context.response();
    if (failure != null) {
      context.fail(failure);
    } else if (!response.closed()) {
      // Too short to be worth compressing, which every browser asks for.
      response
          .putHeader(HttpHeaders.CONTENT_ENCODING, HttpHeaders.IDENTITY)
          .putHeader(HttpHeaders.CONTENT_TYPE, JSON)
          .end(Buffer.buffer(answer.json()));
    }
  }
}
