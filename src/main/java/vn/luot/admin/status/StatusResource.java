package vn.luot.admin.status;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import vn.luot.admin.access.Access;
import vn.luot.admin.access.Role;
import vn.luot.admin.status.StatusReader.Status;

/** How Luot is. */
@Path("/admin/v1/status")
@Produces(MediaType.APPLICATION_JSON)
public class StatusResource {
  @Inject Access access;
  @Inject StatusReader reader;

  @GET
  @Operation(
      summary = "Tells which stores are up, how far the flush is behind, and all versions",
      description =
          "Answered within seconds whatever is down; what is not known is null. While PostgreSQL is"
              + " down only the first operator key can be told from others.")
  public Uni<Status> readStatus() {
    return access.owner(Role.READER).flatMap(owner -> reader.read());
  }
}
