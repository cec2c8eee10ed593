package vn.luot.widget;

import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import vn.luot.reading.CountersReader;
import vn.luot.refusal.Language;
import vn.luot.refusal.Refusal;
import vn.luot.site.registry.Sites;

/** The numbers as a picture, for places that take nothing but pictures. */
@Path("/v1/sites/{site}/badge.svg")
public class BadgeResource {
  private static final int MOST_LABEL = 60;

  @Inject Sites sites;
  @Inject CountersReader reader;

  @GET
  @Produces("image/svg+xml")
  @Operation(
      operationId = "readBadge",
      summary = "Draws a site's numbers",
      description = "A number that is not known at the moment is drawn as a dash.")
  public CompletionStage<RestResponse<String>> badge(
      @RestPath String site,
      @Parameter(description = "online, today, yesterday, week, month, year, total (views), visits")
          @RestQuery
          @DefaultValue("online,total")
          String show,
      @Parameter(description = "A text in front, at most 60 characters") @RestQuery String label,
      @Parameter(description = "vi or en") @RestQuery @DefaultValue("vi") String lang) {
    var numbers = Badge.Figure.list(show);
    if (label != null && label.length() > MOST_LABEL) {
      throw Refusal.ofField("label", "at most " + MOST_LABEL + " characters");
    }
    if (!lang.equals("vi") && !lang.equals("en")) {
      throw Refusal.ofField("lang", "vi or en");
    }
    var language = lang.equals("en") ? Language.ENGLISH : Language.VIETNAMESE;
    return reader
        .read(sites.requireReadable(site))
        // A picture has no other way to say that a store is down.
        .exceptionally(storesDown -> null)
        .thenApply(counters -> answer(Badge.draw(label, numbers, counters, language)));
  }

  private static RestResponse<String> answer(String svg) {
    return ResponseBuilder.ok(svg)
        .header(PixelResource.ELSEWHERE, "cross-origin")
        .header("Cache-Control", "public, max-age=10, stale-while-revalidate=60")
        // Opened on its own, an SVG is a document: it may do nothing.
        .header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
        .build();
  }
}
