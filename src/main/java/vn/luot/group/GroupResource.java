package vn.luot.group;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.OffsetDateTime;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import vn.luot.site.registry.Sites;

/** The sum of a site and its like, for everybody. */
@Path("/v1/sites/{site}/group")
@Produces(MediaType.APPLICATION_JSON)
public class GroupResource {
  private final Sites sites;
  private final GroupReader reader;

  GroupResource(Sites sites, GroupReader reader) {
    this.sites = sites;
    this.reader = reader;
  }

  @GET
  @Operation(
      operationId = "readGroup",
      summary = "Reads the sum of the sites that share a label with this one",
      description =
          "Of labels that are public (/admin/v1/public-labels), and of sites whose numbers are."
              + " Some seconds old. 404 where the site has no such label.")
  public Uni<Group> read(
      @RestPath String site,
      @Parameter(
              description = "Which of the site's labels; without it the first that is public",
              example = "Sở")
          @RestQuery
          String label) {
    return reader.read(sites.requireReadable(site), label);
  }

  /**
   * The sum of the sites with a label whose numbers anybody may read, in each site's own days.
   *
   * @param online null where that of one of them is not known at the moment
   */
  @Schema(description = "Sums of the sites with a label whose numbers are public")
  public record Group(
      @Schema(examples = "Sở") String label,
      @Schema(description = "How many sites") int sites,
      @Schema(description = "Visitors online; null where that is not known", nullable = true)
          Long online,
      Views views,
      OffsetDateTime asOf) {

    /** Counted views, opening balances included in the total. */
    @Schema(name = "GroupViews")
    public record Views(long today, long yesterday, long month, long total) {}
  }
}
