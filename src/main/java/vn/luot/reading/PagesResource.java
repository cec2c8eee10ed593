package vn.luot.reading;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import vn.luot.reading.PagesReader.PageNumbers;
import vn.luot.reading.TopReader.TopList;
import vn.luot.refusal.Refusal;
import vn.luot.site.Site;
import vn.luot.site.registry.Sites;

/** Numbers of pages, and their ranking. */
@Path("/v1/sites/{site}/pages")
@Produces(MediaType.APPLICATION_JSON)
public class PagesResource {
  @Inject Sites sites;
  @Inject PagesReader reader;
  @Inject TopReader top;

  @GET
  @Operation(
      operationId = "readPages",
      summary = "Reads the numbers of up to 100 pages, in the order asked for",
      description =
          "Who asks for the same list is given what was read for another up to two seconds before:"
              + " a vote or a hit may be seen that much later.")
  public CompletionStage<PageNumbers> pages(
      @RestPath String site,
      @Parameter(
              description =
                  "A page's path or id, or with ~download: before it that of a file, whose downloads"
                      + " are wanted; 1 to 100 times",
              required = true)
          @RestQuery
          List<String> path) {
    return reader.read(sites.requireReadable(site), path);
  }

  @GET
  @Path("/top")
  @Operation(
      operationId = "readTopPages",
      summary = "Ranks pages by views or by rating, as of the last flush (seconds ago)",
      description =
          "By rating: by the Bayesian average (C m + sum) / (C + count), m being the mean of all"
              + " votes for pages of the site and C a setting; shown is the plain average.")
  public Uni<TopList> top(
      @RestPath String site,
      @Parameter(description = "views or rating") @RestQuery @DefaultValue("views") String by,
      @Parameter(description = "today, week (from Monday), month, year or all, in local days")
          @RestQuery
          @DefaultValue("all")
          String period,
      @Parameter(description = "1 to 100") @RestQuery @DefaultValue("10") String limit) {
    Site known = sites.requireReadable(site);
    return top.top(known, by, period, limit(limit));
  }

  private static int limit(String limit) {
    if (!limit.matches("[1-9][0-9]?|100")) {
      throw Refusal.ofField("limit", "a whole number from 1 to " + TopReader.MOST);
    }
    return Integer.parseInt(limit);
  }
}
