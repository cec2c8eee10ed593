package vn.luot.widget;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.net.URI;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import vn.luot.hit.HitRequest;
import vn.luot.hit.Hits;
import vn.luot.site.Sites;
import vn.luot.visitor.Caller;

/** A hit for pages without JavaScript: a picture of one transparent dot. */
@Path("/v1/sites/{site}/hit.gif")
@Tag(name = "Public")
public class PixelResource {
  private static final byte[] DOT =
      Base64.getDecoder().decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAICRAEAOw==");

  private final Sites sites;
  private final Hits hits;

  PixelResource(Sites sites, Hits hits) {
    this.sites = sites;
    this.hits = hits;
  }

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
    var named = page == null ? pathOf(request.getHeader("Referer")) : page;
    return hits.count(sites.require(site), new HitRequest(named, null, null), Caller.of(request))
        .thenApply(counted -> dot());
  }

  private static RestResponse<byte[]> dot() {
    return ResponseBuilder.ok(DOT).header("Cache-Control", "no-store").build();
  }

  /** The page that shows the picture, as far as its browser tells; null where it does not. */
  private static String pathOf(String referer) {
    try {
      var address = URI.create(referer == null ? "" : referer);
      var query = address.getRawQuery() == null ? "" : "?" + address.getRawQuery();
      return address.isAbsolute() ? address.getRawPath() + query : null;
    } catch (IllegalArgumentException noAddress) {
      return null;
    }
  }
}
