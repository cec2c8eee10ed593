package vn.luot.group;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.ResponseHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import vn.luot.admin.call.LanguageAsked;
import vn.luot.group.GroupSites.Group;
import vn.luot.site.registry.Sites;

/** Sites with a public label, for everybody: their sum, and beside each other, as a page too. */
@Path("/v1")
public class GroupResource {
  private static final String CACHE_CONTROL = "Cache-Control";
  private static final String SHARED = "public, max-age=10, stale-while-revalidate=30";
  private static final String LABEL = "A label that is public";

  @Inject Sites sites;
  @Inject GroupReader reader;

  @GET
  @Path("/sites/{site}/group")
  @Produces(MediaType.APPLICATION_JSON)
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

  @GET
  @Path("/group")
  @Produces(MediaType.APPLICATION_JSON)
  @ResponseHeader(name = CACHE_CONTROL, value = SHARED)
  @ResponseHeader(name = GroupPage.SNIFFING, value = "nosniff")
  @Operation(
      operationId = "readGroupSites",
      summary = "Reads the sites with a public label beside each other, and their sum",
      description =
          "Of sites whose numbers are public. Some seconds old. 404 where the label is not public.")
  public Uni<GroupSites> readSites(
      @Parameter(description = LABEL, example = "Sở") @RestQuery String label) {
    return reader.page(label).map(GroupReader.Reading::sites);
  }

  @GET
  @Path("/group.html")
  @Produces(MediaType.TEXT_HTML)
  @ResponseHeader(name = CACHE_CONTROL, value = SHARED)
  @ResponseHeader(name = GroupPage.SNIFFING, value = "nosniff")
  @ResponseHeader(name = "Content-Security-Policy", value = GroupPage.POLICY)
  @Operation(
      operationId = "showGroup",
      summary = "Shows the sites with a public label beside each other, and their sum",
      description = "A page without scripts, which may stand in a frame of any other.")
  public Uni<String> show(
      @Parameter(description = LABEL, example = "Sở") @RestQuery String label,
      @BeanParam LanguageAsked language) {
    GroupPage page = language.of(GroupPage.VIETNAMESE, GroupPage.ENGLISH);
    return reader.page(label).map(reading -> reading.as(page));
  }
}
