package vn.luot.admin.votes;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import vn.luot.admin.access.Access;
import vn.luot.admin.access.Role;
import vn.luot.admin.call.JsonBody;
import vn.luot.admin.call.Part;
import vn.luot.admin.votes.JudgementOrder.JudgementReason;

/** A site's votes, and what its owner decides about them. */
@Path("/admin/v1/sites/{site}/votes")
@Produces(MediaType.APPLICATION_JSON)
public class VotesResource {
  @Inject Access access;
  @Inject VoteStore store;
  @Inject JsonBody json;

  @GET
  @Operation(
      summary = "Lists votes, the last changed first, without who cast them",
      description = "Withdrawn votes are not listed.")
  public Uni<VoteList> listVotes(
      @RestPath String site,
      @Parameter(
              description = "Only votes for this page; ~portal: for the site itself",
              example = "/tin-tuc/a")
          @RestQuery
          String page,
      @Parameter(
              description =
                  "any: counted and held ones; true: held ones; false: counted ones; removed: those"
                      + " an owner removed",
              schema = @Schema(enumeration = {"any", "true", "false", "removed"}))
          @RestQuery
          @DefaultValue("any")
          String held,
      @BeanParam Part part) {
    return access.site(
        site,
        Role.READER,
        of -> store.list(of, VotesAsked.of(page, of, held, part.most(), part.cursor)));
  }

  @DELETE
  @Path("/{id}")
  @Operation(
      summary = "Removes a fraudulent vote, which never counts again",
      description =
          "Also not where its voter changes it. Who removed it, when and why is kept. Removing it"
              + " twice changes nothing. The reason may be given in the body or as a parameter.")
  @RequestBody(
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = JudgementReason.class)))
  public Uni<Void> removeVote(
      @RestPath String site,
      @RestPath long id,
      @Parameter(
              description =
                  "Why, in 1 to 500 characters, for clients that send no body with DELETE",
              example = "fraud")
          @RestQuery
          String reason,
      byte[] body) {
    return access.site(
        site,
        Role.EDITOR,
        (of, owner) -> store.remove(of, id, reason(reason, body).checked(), owner));
  }

  private JudgementReason reason(String reason, byte[] body) {
    return body == null || body.length == 0
        ? new JudgementReason(reason)
        : json.read(body, JudgementReason.class);
  }

  @POST
  @Path("/{id}/admission")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Counts a vote that is held or was removed",
      description = "409 where it is counted already. Who admitted it, when and why is kept.")
  @RequestBodySchema(JudgementReason.class)
  @APIResponse(responseCode = "204", description = "It counts")
  public Uni<Void> admitVote(@RestPath String site, @RestPath long id, byte[] body) {
    return access.site(
        site,
        Role.EDITOR,
        (of, owner) ->
            store.admit(of, id, json.read(body, JudgementReason.class).checked(), owner));
  }

  @POST
  @Path("/judgements")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Admits or removes up to 500 votes at once",
      description =
          "As admitVote and removeVote do, in one transaction. Votes that are so already, or are not"
              + " of this site, are passed over.")
  @RequestBodySchema(JudgementOrder.class)
  public Uni<JudgementOrder.Judged> judgeVotes(@RestPath String site, byte[] body) {
    return access
        .site(
            site,
            Role.EDITOR,
            (of, owner) -> store.judge(json.read(body, JudgementOrder.class).checked(), of, owner))
        .map(JudgementOrder.Judged::new);
  }
}
