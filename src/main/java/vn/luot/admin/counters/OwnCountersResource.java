package vn.luot.admin.counters;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import vn.luot.admin.access.Access;
import vn.luot.admin.access.owner.Role;
import vn.luot.reading.CountersReader;
import vn.luot.reading.CountersReader.Counters;

/** A site's numbers for its owners, also where public reading is off. */
@Path("/admin/v1/sites/{site}/counters")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Admin")
public class OwnCountersResource {
  private final Access access;
  private final CountersReader reader;

  OwnCountersResource(Access access, CountersReader reader) {
    this.access = access;
    this.reader = reader;
  }

  @GET
  @Operation(
      operationId = "readSiteCounters",
      summary = "Reads a site's counters as they are now",
      description =
          "The same as the public call, and answered where public reading is off. Read from Redis"
              + " at most once a second for all who ask. A number that is not known at the moment"
              + " is null.")
  public Uni<Counters> counters(@RestPath String site) {
    return access
        .site(site, Role.VIEWER)
        .flatMap(reached -> Uni.createFrom().completionStage(() -> reader.read(reached.site())));
  }
}
