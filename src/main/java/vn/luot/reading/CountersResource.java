package vn.luot.reading;

import io.quarkus.vertx.http.Uncompressed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import vn.luot.reading.CountersReader.Counters;
import vn.luot.site.registry.Sites;

/** A site's numbers. */
@Path("/v1/sites/{site}/counters")
public class CountersResource {
  static final String SHORTLY = "public, max-age=5, stale-while-revalidate=30";

  @Inject Sites sites;
  @Inject CountersReader reader;

  @GET
  @Uncompressed
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "readCounters",
      summary = "Reads a site's counters and counts nothing",
      description =
          "Read from Redis at most once a second for all who ask. A number that is not known at"
              + " the moment is null.")
  public CompletionStage<RestResponse<Counters>> counters(
      @RestPath String site, Request conditions) {
    return reader
        .read(sites.requireReadable(site))
        .thenApply(counters -> answer(counters, conditions));
  }

  private static RestResponse<Counters> answer(Counters counters, Request conditions) {
    EntityTag tag = new EntityTag(counters.version(), true);
    ResponseBuilder unmet = conditions.evaluatePreconditions(tag);
    // Conditions for changing something are none for reading it.
    if (unmet != null && unmet.build().getStatus() == 304) {
      return RestResponse.ResponseBuilder.<Counters>create(RestResponse.Status.NOT_MODIFIED)
          .tag(tag)
          .header(HttpHeaders.CACHE_CONTROL, SHORTLY)
          .build();
    }
    return RestResponse.ResponseBuilder.ok(counters)
        .tag(tag)
        .header(HttpHeaders.CACHE_CONTROL, SHORTLY)
        .build();
  }
}
