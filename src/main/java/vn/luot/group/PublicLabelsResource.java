package vn.luot.group;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.jboss.resteasy.reactive.RestPath;
import vn.luot.admin.access.Access;
import vn.luot.admin.access.Role;
import vn.luot.admin.call.JsonBody;

/** Switches the public page of a label on and off: for whoever answers for all sites with it. */
@Path("/admin/v1/public-labels")
@Produces(MediaType.APPLICATION_JSON)
public class PublicLabelsResource {
  @Inject Access access;
  @Inject PublicLabels labels;
  @Inject JsonBody json;

  @GET
  @Operation(
      operationId = "listPublicLabels",
      summary = "Lists the labels that are public, and those that were",
      description = "Who made them so and who took it back, and when.")
  public Uni<PublicLabelList> list() {
    return access.ownerOfAll(Role.OPERATOR).flatMap(owner -> labels.list());
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "publishLabel",
      summary = "Makes a label public",
      description =
          "Anybody may then read the public numbers of the sites with it together: as a page at"
              + " /v1/group.html?label=<label>, and in slots such as group-views-total. Sites whose"
              + " numbers are not public are in neither. A label that is public stays so.")
  @RequestBody(
      required = true,
      content = @Content(schema = @Schema(implementation = PublicLabelList.Order.class)))
  public Uni<PublicLabelList> publish(byte[] body) {
    return access
        .ownerOfAll(Role.OPERATOR)
        .flatMap(
            owner ->
                labels.publish(json.read(body, PublicLabelList.Order.class).label(), owner.name()));
  }

  @DELETE
  @Path("/{id}")
  @Operation(
      operationId = "withdrawLabel",
      summary = "Takes back that a label is public",
      description = "In force within luot.group.share, 10 s; who keeps answers has them for 40 s.")
  public Uni<Void> withdraw(@RestPath int id) {
    return access.ownerOfAll(Role.OPERATOR).flatMap(owner -> labels.withdraw(id, owner.name()));
  }
}
