package vn.luot.widget;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Serves the scripts; a route and not a resource, because the file name is a setting. */
@ApplicationScoped
class ScriptRoutes {

  /** An hour, so that a fix reaches every page the same morning; then a stale copy bridges. */
  private static final String HOURS = "public, max-age=3600, stale-while-revalidate=86400";

  private static final String FOREVER = "public, max-age=31536000, immutable";

  void register(@Observes Router router, Scripts scripts, WidgetConfig config) {
    serve(router, "/widget.js", scripts.counters);
    scripts.parts.forEach((file, part) -> serve(router, "/" + file, part));
    if (!config.script().equals("widget.js")) {
      serve(router, "/" + config.script(), scripts.counters);
    }
  }

  private static void serve(Router router, String path, Asset asset) {
    var handler = handler(asset);
    router.route(HttpMethod.GET, path).handler(handler);
    router.route(HttpMethod.HEAD, path).handler(handler);
  }

  private static Handler<RoutingContext> handler(Asset asset) {
    return context -> {
      var accepted = context.request().getHeader("Accept-Encoding");
      var compressed = accepted != null && accepted.contains("gzip");
      var pinned = ("v=" + asset.digest()).equals(context.request().query());
      var response = context.response();
      response
          .putHeader("Content-Type", "application/javascript; charset=utf-8")
          .putHeader("Cache-Control", pinned ? FOREVER : HOURS)
          .putHeader("ETag", asset.etag(compressed))
          .putHeader("Vary", "Accept-Encoding")
          // A public file: readable from everywhere, which subresource integrity requires.
          .putHeader("Access-Control-Allow-Origin", "*")
          .putHeader("Cross-Origin-Resource-Policy", "cross-origin")
          .putHeader("X-Content-Type-Options", "nosniff");
      var known = context.request().getHeader("If-None-Match");
      if (known != null && known.contains(asset.digest())) {
        response.setStatusCode(304).end();
        return;
      }
      if (compressed) {
        response.putHeader("Content-Encoding", "gzip");
      }
      response.end(compressed ? asset.gzip() : asset.plain());
    };
  }
}
