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
import vn.luot.admin.access.Role;
import vn.luot.admin.call.Limited;
import vn.luot.admin.refusals.RefusalStore.RefusalList;
import vn.luot.site.Site;
import vn.luot.site.registry.Sites;

/** Which pages call for a site, or for any, and may not. */
@Path("/admin/v1")
@Produces(MediaType.APPLICATION_JSON)
public class RefusalsResource {
  @Inject Access access;
  @Inject Sites sites;
  @Inject RefusalStore store;

  @GET
  @Path("/sites/{site}/refusals")
  @Operation(
      summary = "Lists origins whose pages call for the site and are refused",
      description =
          "Of the last seven days (luot.refusals.keep), at most 50 of a site: the most frequent."
              + " Origins that were registered since are left out. Anybody can make up an origin.")
  public Uni<RefusalList> listRefusals(@RestPath String site, @BeanParam Limited limited) {
    int most = limited.most();
    return access.site(site, Role.READER, of -> store.read(List.of(of), most));
  }

  @GET
  @Path("/refusals")
  @Operation(
      summary = "Lists refused origins of all sites within the key's reach",
      description = "As of one site, the most frequent first.")
  public Uni<RefusalList> listAllRefusals(@BeanParam Limited limited) {
    int most = limited.most();
    return access
        .owner(Role.READER)
        .map(owner -> sites.all().stream().filter(site -> owner.reaches(site)).toList())
        .flatMap((List<Site> reached) -> store.read(reached, most));
  }
}
