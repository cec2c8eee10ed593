package vn.luot.admin.overview;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Comparator;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import vn.luot.admin.access.Access;
import vn.luot.admin.access.owner.Owner;
import vn.luot.admin.access.owner.Role;
import vn.luot.admin.body.Limited;
import vn.luot.site.Site;
import vn.luot.site.registry.Sites;

/** All sites of a key at once. */
@Path("/admin/v1/overview")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Admin")
public class OverviewResource {
  private final Access access;
  private final Sites sites;
  private final OverviewReader reader;

  OverviewResource(Access access, Sites sites, OverviewReader reader) {
    this.access = access;
    this.sites = sites;
    this.reader = reader;
  }

  @GET
  @Operation(
      operationId = "readOverview",
      summary = "Reads the numbers of all sites within the key's reach, and their sums by label",
      description =
          "As PostgreSQL has them, which is some seconds behind; visitors online as they are now."
              + " Sites that were registered a moment ago may be missing.")
  public Uni<Overview> read(
      @Parameter(description = "Lists the sites after this id") @RestQuery @DefaultValue("")
          String after,
      @BeanParam Limited limited) {
    int most = limited.most();
    return access
        .owner(Role.READER)
        .map(owner -> reached(owner, after, most))
        .flatMap(
            found -> reader.read(found, found.size() < most ? null : found.get(most - 1).slug()));
  }

  private List<Site> reached(Owner owner, String after, int most) {
    return sites.all().stream()
        .filter(site -> owner.reaches(site.id()) && site.slug().compareTo(after) > 0)
        .sorted(Comparator.comparing(Site::slug))
        .limit(most)
        .toList();
  }
}
