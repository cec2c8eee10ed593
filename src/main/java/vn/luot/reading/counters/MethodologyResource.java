package vn.luot.reading.counters;

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
  private final Sites sites;
  private final ReadingConfig config;

  MethodologyResource(Sites sites, ReadingConfig config) {
    this.sites = sites;
    this.config = config;
  }

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(operationId = "readMethodology", summary = "Says how the site counts")
  public Methodology methodology(@RestPath String site) {
    return Methodology.of(sites.require(site), config.heartbeat().toSeconds());
  }
}
