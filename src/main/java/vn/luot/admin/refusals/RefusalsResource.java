package vn.luot.admin.refusals;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestPath;
import vn.luot.admin.access.Access;
import vn.luot.admin.access.owner.Role;
import vn.luot.admin.body.Limited;

/** Which pages call for a site and may not. */
@Path("/admin/v1/sites/{site}/refusals")
@Produces(MediaType.APPLICATION_JSON)
public class RefusalsResource {
  @Inject Access access;
  @Inject RefusalStore store;

  @GET
  @Operation(
      operationId = "listRefusals",
      summary = "Lists origins whose pages call for the site and are refused",
      description =
          "Of the last seven days (luot.refusals.keep), at most 50 of a site: the most frequent."
              + " Origins that were registered since are left out. Anybody can make up an origin.")
  public Uni<RefusalList> list(@RestPath String site, @BeanParam Limited limited) {
    int most = limited.most();
    return access
        .site(site, Role.READER)
        .flatMap(reached -> store.read(List.of(reached.site()), most));
  }
}
