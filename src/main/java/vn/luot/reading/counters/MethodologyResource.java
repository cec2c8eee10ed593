package vn.luot.reading.counters;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestPath;
import vn.luot.reading.base.ReadingConfig;
import vn.luot.site.registry.Sites;

/** How a site counts. */
@Path("/v1/sites/{site}/methodology")
public class MethodologyResource {
  @Inject Sites sites;
  @Inject ReadingConfig config;

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(operationId = "readMethodology", summary = "Says how the site counts")
  public Methodology methodology(@RestPath String site) {
    return Methodology.of(sites.require(site), config.heartbeat().toSeconds());
  }
}
