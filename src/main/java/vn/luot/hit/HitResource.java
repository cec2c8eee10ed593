package vn.luot.hit;

import io.quarkus.vertx.http.Uncompressed;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.jboss.resteasy.reactive.RestPath;
import vn.luot.site.registry.Sites;
import vn.luot.visitor.Caller;

/** Where a page reports that it is viewed. */
@Path("/v1/sites/{site}/hits")
public class HitResource {
  @Inject Sites sites;
  @Inject HitRequest.Reader reader;
  @Inject Hits hits;

  @POST
  @Uncompressed
  @Consumes({MediaType.APPLICATION_JSON, MediaType.TEXT_PLAIN})
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "countHit",
      summary = "Counts one view, or one download, and marks the visitor online",
      description =
          "want and pages name what else the page shows, and the answer has it: one request for all"
              + " slots. What of that cannot be read is left out; the hit counts all the same."
              + " Answered after Redis acknowledged the hit, which is then counted exactly once. A"
              + " hit answered otherwise, or not at all, is counted once or not at all. With"
              + " download it counts one download of that file instead, which is no view and begins"
              + " no visit. A robot's hit, and a view or download of the same page or file by the"
              + " same visitor within the site's repeatViewSeconds, is answered with the present"
              + " numbers and not counted. More than the site's clientHitsPerMinute from one"
              + " network (an IPv4 address or an IPv6 /64) are answered 429 with Retry-After. Where"
              + " the site respects it, Sec-GPC: 1 or DNT: 1 leaves the visitor unknown: a view,"
              + " but no visit, and nobody online.")
  @RequestBody(
      required = true,
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = HitRequest.class)),
        @Content(
            mediaType = MediaType.TEXT_PLAIN,
            schema = @Schema(implementation = HitRequest.class))
      })
  public CompletionStage<HitAnswer> hit(
      @RestPath String site, byte[] body, HttpServerRequest request) {
    return hits.count(sites.require(site), reader.read(body), Caller.of(request));
  }
}
