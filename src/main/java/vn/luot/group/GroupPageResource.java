package vn.luot.group;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.ResponseHeader;
import org.jboss.resteasy.reactive.RestQuery;

/** The sites with a public label beside each other, for everybody: as a page and for programs. */
@Path("/v1")
public class GroupPageResource {
  private static final String CACHE_CONTROL = "Cache-Control";
  private static final String SHARED = "public, max-age=10, stale-while-revalidate=30";
  private static final String LABEL = "A label that is public";

  @Inject GroupReader reader;

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
  public Uni<GroupSites> read(
      @Parameter(description = LABEL, example = "Sở") @RestQuery String label) {
    return reader.page(label).map(GroupReader.Reading::sites);
  }

  @GET
  @Path("/group.html")
  @Produces("text/html;charset=UTF-8")
  @ResponseHeader(name = CACHE_CONTROL, value = SHARED)
  @ResponseHeader(name = GroupPage.SNIFFING, value = "nosniff")
  @ResponseHeader(name = "Content-Security-Policy", value = GroupPage.POLICY)
  @Operation(
      operationId = "showGroup",
      summary = "Shows the sites with a public label beside each other, and their sum",
      description = "A page without scripts, which may stand in a frame of any other.")
  public Uni<String> show(
      @Parameter(description = LABEL, example = "Sở") @RestQuery String label,
      @Parameter(
              description = "What the page is written in",
              schema =
                  @Schema(
                      enumeration = {"vi", "en"},
                      defaultValue = "vi"))
          @RestQuery
          @DefaultValue("vi")
          String language) {
    GroupPage page = GroupPage.in(language);
    return reader.page(label).map(reading -> reading.as(page));
  }
}
