package vn.luot.widget;

import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import vn.luot.connection.Gzip;

/**
 * Sends an asset to whoever may be interested.
 *
 * @param type its media type
 * @param version in an address that has it, the asset never changes
 */
public record AssetHandler(Asset asset, String type, String version)
    implements Handler<RoutingContext> {

  public static final String SCRIPT = "application/javascript; charset=utf-8";
  public static final String PAGE = "text/html; charset=utf-8";

  /** An hour, so that a fix reaches every page the same morning; then a stale copy bridges. */
  private static final String HOURS = "public, max-age=3600, stale-while-revalidate=86400";

  private static final String FOREVER = "public, max-age=31536000, immutable";

  @Override
  public void handle(RoutingContext context) {
    var request = context.request();
    var compressed = Gzip.isIn(request.getHeader("Accept-Encoding"));
    var pinned = ("v=" + version).equals(request.query());
    var response = context.response();
    response
        .putHeader("Content-Type", type)
        .putHeader("Cache-Control", pinned ? FOREVER : HOURS)
        .putHeader("ETag", asset.etag(compressed))
        .putHeader("Vary", "Accept-Encoding")
        // A public file: readable from everywhere, which subresource integrity requires.
        .putHeader("Access-Control-Allow-Origin", "*")
        .putHeader("Cross-Origin-Resource-Policy", "cross-origin")
        .putHeader("X-Content-Type-Options", "nosniff");
    var known = request.getHeader("If-None-Match");
    if (known != null && known.contains(asset.digest())) {
      response.setStatusCode(304).end();
      return;
    }
    if (compressed) {
      response.putHeader("Content-Encoding", "gzip");
    }
    response.end(compressed ? asset.gzip() : asset.plain());
  }
}
