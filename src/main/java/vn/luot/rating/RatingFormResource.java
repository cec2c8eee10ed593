package vn.luot.rating;

import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.net.URISyntaxException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.media.SchemaProperty;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import vn.luot.refusal.Refusal;
import vn.luot.site.Page;
import vn.luot.site.PageRule;
import vn.luot.site.Site;
import vn.luot.site.Sites;

/** Votes of pages without JavaScript: an HTML form, answered by the way back to the page. */
@Path("/v1/sites/{site}/rating")
@Tag(name = "Public")
public class RatingFormResource {
  private final Sites sites;
  private final Ballot ballot;

  RatingFormResource(Sites sites, Ballot ballot) {
    this.sites = sites;
    this.ballot = ballot;
  }

  @POST
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Operation(
      operationId = "castVoteByForm",
      summary = "Casts a vote from an HTML form",
      description =
          "Fields: stars (1 to 5), page (without it, the site itself), nonce (random for each"
              + " visitor and view of the page, so that sending twice is one vote; without it, what"
              + " one browser at one address sends for a page on one day is one vote), back (the address to return"
              + " to; without it, what Referer names: often only the site). Redirects (303) to allowed origins of"
              + " the site only.")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_FORM_URLENCODED,
              schema =
                  @Schema(
                      type = SchemaType.OBJECT,
                      properties = {
                        @SchemaProperty(name = "stars", type = SchemaType.STRING),
                        @SchemaProperty(name = "page", type = SchemaType.STRING),
                        @SchemaProperty(name = "voter", type = SchemaType.STRING),
                        @SchemaProperty(name = "nonce", type = SchemaType.STRING),
                        @SchemaProperty(name = "back", type = SchemaType.STRING)
                      })))
  @APIResponse(responseCode = "303", description = "The vote is taken; the way back to the page")
  public Uni<Response> cast(@RestPath String site, byte[] body, HttpServerRequest request) {
    Site known = sites.require(site);
    VoteForm form = VoteForm.of(body, request.getHeader(HttpHeaders.CONTENT_TYPE));
    VoteRequest vote = form.vote();
    Page rated =
        form.page() == null || form.page().isBlank()
            ? Page.PORTAL
            : PageRule.page(form.page(), known.rules().pageParameters(), "page");
    URI way = wayBack(known, form.back() == null ? request.getHeader("Referer") : form.back());
    return ballot
        .castByForm(known, rated, vote.stars(), vote.claim(), request)
        .map(answer -> Response.seeOther(URI.create(way.toASCIIString())).build());
  }

  /** Anything else would let a stranger's link send people from here to anywhere. */
  private static URI wayBack(Site site, String back) {
    try {
      URI way = new URI(back == null ? "" : back);
      String port = way.getPort() < 0 ? "" : ":" + way.getPort();
      if (way.getUserInfo() == null
          && site.rules().origins().contains(way.getScheme() + "://" + way.getHost() + port)) {
        return way;
      }
    } catch (URISyntaxException e) {
      // Answered below, like any other address outside the site.
    }
    throw Refusal.ofField("back", "an address of the site to return to");
  }
}
