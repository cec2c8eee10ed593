package vn.luot.admin.counters;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import vn.luot.admin.access.Access;
import vn.luot.admin.access.owner.Role;
import vn.luot.reading.base.Rating;
import vn.luot.reading.base.RatingReader;
import vn.luot.site.PageRule;
import vn.luot.site.Site;
import vn.luot.site.page.Page;

/** A rating for a site's owners, also where public reading is off. */
@Path("/admin/v1/sites/{site}/rating")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Admin")
public class OwnRatingResource {
  private final Access access;
  private final RatingReader reader;

  OwnRatingResource(Access access, RatingReader reader) {
    this.access = access;
    this.reader = reader;
  }

  @GET
  @Operation(
      operationId = "readSiteRating",
      summary = "Reads a rating with its distribution",
      description = "The same as the public call, and answered where public reading is off.")
  public Uni<Rating> rating(
      @RestPath String site,
      @Parameter(description = "The page's path or id; without it, the site itself") @RestQuery
          String page) {
    return access
        .site(site, Role.VIEWER)
        .map(Access.Reached::site)
        .flatMap(known -> reader.read(known, List.of(page(known, page))))
        .map(found -> found.get(0));
  }

  private static Page page(Site site, String page) {
    return page == null ? Page.PORTAL : PageRule.page(site, page, "page");
  }
}
