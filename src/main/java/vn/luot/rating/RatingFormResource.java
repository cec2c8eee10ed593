package vn.luot.rating;

import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.media.SchemaProperty;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import vn.luot.refusal.Language;
import vn.luot.site.PageRule;
import vn.luot.site.Site;
import vn.luot.site.page.Page;
import vn.luot.site.registry.Sites;

/** Votes of pages without JavaScript: an HTML form, answered by the way back to the page. */
@Path("/v1/sites/{site}/rating")
public class RatingFormResource {
  private static final String ORIGIN = "Origin";

  @Inject Sites sites;
  @Inject Ballot ballot;

  @GET
  @Path("/form")
  @Produces(MediaType.TEXT_HTML)
  @Operation(
      operationId = "showVoteForm",
      summary = "A page with five buttons, for places that take a link and no form",
      description =
          "For a page whose whole body is one form, and for one that sends no referrer. Leads back"
              + " to the page.")
  public Response form(
      @RestPath String site,
      @Parameter(description = "The page's path or id; without it, the site itself") @RestQuery
          String page,
      @Parameter(description = "The address to return to") @RestQuery String back,
      HttpServerRequest request) {
    return ask(sites.require(site), new VoteForm(null, page, null, null, back), request);
  }

  @POST
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Operation(
      operationId = "castVoteByForm",
      summary = "Casts a vote from an HTML form",
      description =
          "Fields: stars (1 to 5), page (without it, the site itself), nonce (random for each"
              + " visitor and view of the page, so that sending twice is one vote; without it, what"
              + " one browser at one address sends for a page on one day is one vote), back (the address"
              + " to return to; without it the page itself). Redirects (303) to allowed origins of the site"
              + " only. From a page that does not say where it comes from (Referrer-Policy:"
              + " no-referrer) the reader is asked to confirm, and without stars to choose them.")
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
  @APIResponse(
      responseCode = "200",
      description = "A page that asks the reader for the stars, or to confirm them",
      content = @Content(mediaType = MediaType.TEXT_HTML))
  @APIResponse(responseCode = "303", description = "The vote is taken; the way back to the page")
  public Uni<Response> cast(@RestPath String site, byte[] body, HttpServerRequest request) {
    Site known = sites.require(site);
    VoteForm form = VoteForm.of(body, request.getHeader(HttpHeaders.CONTENT_TYPE));
    boolean foreign = !known.allows(request.getHeader(ORIGIN)) && !isOwnPage(request);
    VoteRequest vote = form.stars() == null ? null : form.vote();
    if (foreign || vote == null) {
      return Uni.createFrom().item(ask(known, form, request));
    }
    URI way = form.wayBack(known, request);
    return ballot
        .castByForm(known, rated(known, form), vote.stars(), vote.claim(), request)
        .map(answer -> Response.seeOther(way).build());
  }

  private static Page rated(Site site, VoteForm form) {
    return form.page() == null || form.page().isBlank()
        ? Page.PORTAL
        : PageRule.page(site, form.page(), "page");
  }

  /** Whether it was sent by the page that {@link #form} shows: nobody else can say so. */
  private static boolean isOwnPage(HttpServerRequest request) {
    String origin = request.getHeader(ORIGIN);
    String host = request.getHeader(HttpHeaders.HOST);
    return "same-origin".equals(request.getHeader("Sec-Fetch-Site"))
        || origin != null && host != null && origin.endsWith("://" + host);
  }

  /** A person who presses a button here has agreed, whoever led that person here. */
  private static Response ask(Site site, VoteForm form, HttpServerRequest request) {
    rated(site, form);
    String page =
        VotePage.of(
            form,
            request.method() == HttpMethod.GET ? "../rating" : "rating",
            form.wayBack(site, request),
            site.rules().name(),
            Language.of(request.getHeader(HttpHeaders.ACCEPT_LANGUAGE), Language.VIETNAMESE));
    return Response.ok(page, MediaType.TEXT_HTML_TYPE.withCharset("utf-8"))
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .header("Content-Security-Policy", VotePage.POLICY)
        .build();
  }
}
