package vn.luot.admin.site;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import vn.luot.admin.access.Access;
import vn.luot.admin.access.Role;
import vn.luot.reading.CountersReader;
import vn.luot.reading.CountersReader.Counters;
import vn.luot.reading.base.Rating;
import vn.luot.reading.base.RatingReader;
import vn.luot.site.PageRule;
import vn.luot.site.Site;
import vn.luot.site.page.Page;

/** A site's numbers and ratings for its owners, also where public reading is off. */
@Path("/admin/v1")
@Produces(MediaType.APPLICATION_JSON)
public class OwnNumbersResource {
  @Inject Access access;
  @Inject CountersReader counters;
  @Inject RatingReader ratings;

  @GET
  @Path("/sites/{site}/counters")
  @Operation(
      summary = "Reads a site's counters as they are now",
      description =
          "The same as the public call, and answered where public reading is off. Read from Redis"
              + " at most once a second for all who ask. A number that is not known at the moment"
              + " is null.")
  public Uni<Counters> readSiteCounters(@RestPath String site) {
    return access.site(
        site, Role.VIEWER, of -> Uni.createFrom().completionStage(() -> counters.read(of)));
  }

  @GET
  @Path("/sites/{site}/rating")
  @Operation(
      summary = "Reads a rating with its distribution",
      description = "The same as the public call, and answered where public reading is off.")
  public Uni<Rating> readSiteRating(
      @RestPath String site,
      @Parameter(description = "The page's path or id; without it, the site itself") @RestQuery
          String page) {
    return access
        .site(site, Role.VIEWER, of -> ratings.read(of, List.of(page(of, page))))
        .map(found -> found.get(0));
  }

  private static Page page(Site site, String page) {
    return page == null ? Page.PORTAL : PageRule.page(site, page, "page");
  }
}
