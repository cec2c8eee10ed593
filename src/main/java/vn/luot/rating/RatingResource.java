package vn.luot.rating;

import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import vn.luot.rating.Ballot.RatingAnswer;
import vn.luot.reading.base.Rating;
import vn.luot.reading.base.RatingReader;
import vn.luot.site.PageRule;
import vn.luot.site.Site;
import vn.luot.site.page.Page;
import vn.luot.site.registry.Sites;

/** Votes for pages, and for the site itself. */
@Path("/v1/sites/{site}/rating")
@Produces(MediaType.APPLICATION_JSON)
public class RatingResource {
  private static final String PAGE = "The page's path or id; without it, the site itself";

  @Inject Sites sites;
  @Inject RatingReader ratings;
  @Inject Ballot ballot;

  @GET
  @Operation(
      operationId = "readRating",
      summary = "Reads a rating",
      description =
          "Zeros and a null average while nobody has voted. Everything is null where votes were"
              + " cast while PostgreSQL was down and are not flushed yet. count, sum and average"
              + " include the opening balance, stars are the votes Luot counted.")
  public Uni<Rating> read(
      @RestPath String site, @Parameter(description = PAGE) @RestQuery String page) {
    Site known = sites.requireReadable(site);
    return ratings.read(known, List.of(page(known, page))).map(found -> found.get(0));
  }

  @PUT
  @Consumes({MediaType.APPLICATION_JSON, MediaType.TEXT_PLAIN})
  @Operation(
      operationId = "castVote",
      summary = "Casts or changes this voter's one vote for the page",
      description =
          "{\"stars\":5,\"voter\":\"<token>\",\"nonce\":\"<random>\"}: stars from 1 to 5, the token of"
              + " the answer before. Without a token one is issued. The nonce makes the first vote"
              + " repeatable: whoever gets no answer sends the same again, and it is the same vote."
              + " The answer contains the vote.")
  @RequestBody(
      required = true,
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = VoteRequest.class)),
        @Content(
            mediaType = MediaType.TEXT_PLAIN,
            schema = @Schema(implementation = VoteRequest.class))
      })
  public Uni<RatingAnswer> cast(
      @RestPath String site,
      @Parameter(description = PAGE) @RestQuery String page,
      byte[] body,
      HttpServerRequest request) {
    Site known = sites.require(site);
    VoteRequest vote = VoteRequest.of(body);
    return ballot.cast(known, page(known, page), vote.stars(), vote.claim(), request);
  }

  @DELETE
  @Consumes({MediaType.APPLICATION_JSON, MediaType.TEXT_PLAIN})
  @Operation(
      operationId = "withdrawVote",
      summary = "Withdraws this voter's vote for the page",
      description =
          "{\"voter\":\"<token>\"}, or the vote's nonce. Withdrawing twice changes nothing.")
  @RequestBody(
      required = true,
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = VoteRequest.VoterClaim.class)),
        @Content(
            mediaType = MediaType.TEXT_PLAIN,
            schema = @Schema(implementation = VoteRequest.VoterClaim.class))
      })
  public Uni<RatingAnswer> withdraw(
      @RestPath String site,
      @Parameter(description = PAGE) @RestQuery String page,
      byte[] body,
      HttpServerRequest request) {
    Site known = sites.require(site);
    return ballot.withdraw(known, page(known, page), VoteRequest.withdrawal(body), request);
  }

  private static Page page(Site site, String page) {
    return page == null ? Page.PORTAL : PageRule.page(site, page, "page");
  }
}
