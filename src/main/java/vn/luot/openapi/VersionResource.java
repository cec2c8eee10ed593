package vn.luot.openapi;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jboss.resteasy.reactive.Cache;
import vn.luot.schema.Main;

/** Which Luot answers. */
@Path("/v1/version")
@Produces(MediaType.APPLICATION_JSON)
public class VersionResource {
  /** Of the service, not of the calls, which are all of version 1. */
  @Schema(name = "Version")
  public record Version(
      @Schema(description = "Version of Luot", examples = "0.1.0") String version) {}

  @GET
  @Cache(maxAge = 60)
  @Operation(
      operationId = "readVersion",
      summary = "Tells the version of Luot",
      description = "The same as luot --version prints; asks no store.")
  public Version read() {
    return new Version(Main.version());
  }
}
