package vn.luot.widget;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jspecify.annotations.Nullable;
import vn.luot.hit.HitRequest;
import vn.luot.hit.Hits;
import vn.luot.site.registry.Sites;
import vn.luot.visitor.Caller;

/** A hit for pages without JavaScript: a picture of one transparent dot. */
@Path("/v1/sites/{site}/hit.gif")
public class PixelResource {
  private static final byte[] DOT =
      Base64.getDecoder().decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAICRAEAOw==");

  /** Also for pages that show nothing from elsewhere unless it says so. */
  static final String ELSEWHERE = "Cross-Origin-Resource-Policy";

  @Inject Sites sites;
  @Inject Hits hits;

  @GET
  @Produces("image/gif")
  @Operation(
      operationId = "countHitByPicture",
      summary = "Counts one view for a page without JavaScript",
      description = "The same as a hit; the answer is a picture of one transparent dot.")
  public CompletionStage<RestResponse<byte[]>> hit(
      @RestPath String site,
      @Parameter(description = "The page's path or id; without it, that of the Referer") @RestQuery
          String page,
      HttpServerRequest request) {
    if (request.method() == HttpMethod.HEAD) {
      // Whoever asks for the head alone looks, and looking changes nothing (RFC 9110, 9.2.1).
      return CompletableFuture.completedFuture(dot());
    }
    if (isAhead(request)) {
      return CompletableFuture.completedFuture(dot());
    }
    var named = page == null ? pathOf(request.getHeader("Referer")) : page;
    return hits.count(sites.require(site), new HitRequest(named, null, null), Caller.of(request))
        .thenApply(counted -> dot());
  }

  /** What a browser fetches before anybody looks, or shows as a page or a frame of its own. */
  private static boolean isAhead(HttpServerRequest request) {
    var purpose = request.getHeader("Sec-Purpose");
    var older = request.getHeader("Purpose");
    var place = request.getHeader("Sec-Fetch-Dest");
    return purpose != null && purpose.startsWith("prefetch")
        || "prefetch".equals(older)
        || "prefetch".equals(request.getHeader("X-Moz"))
        || place != null && !place.equals("image") && !place.equals("empty");
  }

  private static RestResponse<byte[]> dot() {
    return ResponseBuilder.ok(DOT)
        .header("Cache-Control", "no-store")
        .header(ELSEWHERE, "cross-origin")
        .build();
  }

  /**
   * The page that shows the picture, as far as its browser tells; null where it does not. Cut by
   * hand: browsers leave characters in an address that java.net.URI does not know.
   */
  private static @Nullable String pathOf(String referer) {
    int host = referer == null ? -1 : referer.indexOf("://");
    int path = host < 0 ? -1 : referer.indexOf('/', host + 3);
    return path < 0 ? null : referer.substring(path);
  }
}
