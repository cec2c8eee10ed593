package vn.luot.admin.refusals;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import vn.luot.admin.access.Access;
import vn.luot.admin.access.owner.Role;
import vn.luot.admin.body.Limited;
import vn.luot.site.Site;
import vn.luot.site.registry.Sites;

/** Which pages call for any site and may not. */
@Path("/admin/v1/refusals")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Admin")
public class AllRefusalsResource {
  private final Access access;
  private final Sites sites;
  private final RefusalStore store;

  AllRefusalsResource(Access access, Sites sites, RefusalStore store) {
    this.access = access;
    this.sites = sites;
    this.store = store;
  }

  @GET
  @Operation(
      operationId = "listAllRefusals",
      summary = "Lists refused origins of all sites within the key's reach",
      description = "As of one site, the most frequent first.")
  public Uni<RefusalList> listAll(@BeanParam Limited limited) {
    int most = limited.most();
    return access
        .owner(Role.READER)
        .map(owner -> sites.all().stream().filter(site -> owner.reaches(site)).toList())
        .flatMap((List<Site> reached) -> store.read(reached, most));
  }
}
