package vn.luot.admin.key;

import io.smallrye.mutiny.Uni;
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
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import vn.luot.admin.access.Access;
import vn.luot.admin.access.owner.Role;
import vn.luot.admin.body.JsonBody;

/** Keys that reach every site. */
@Path("/admin/v1/keys")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Admin")
public class GeneralKeysResource {
  private static final Integer EVERY_SITE = null;

  private final Access access;
  private final KeyStore store;
  private final JsonBody json;

  GeneralKeysResource(Access access, KeyStore store, JsonBody json) {
    this.access = access;
    this.store = store;
    this.json = json;
  }

  @GET
  @Operation(operationId = "listGeneralKeys", summary = "Lists the keys that reach every site")
  public Uni<KeyList> list() {
    return access
        .ownerOfAll(Role.OPERATOR)
        .flatMap(owner -> store.list(EVERY_SITE, owner))
        .map(KeyList::new);
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "addGeneralKey",
      summary = "Makes a key that reaches every site",
      description =
          "A viewer's may reach only the sites with a label. Its link is .../admin/?shared#key=<key>.")
  @APIResponse(
      responseCode = "201",
      description = "The key, this once",
      content = @Content(schema = @Schema(implementation = KeyAnswer.class)))
  @RequestBody(
      required = true,
      content = @Content(schema = @Schema(implementation = KeyOrder.class)))
  public Uni<RestResponse<KeyAnswer>> add(byte[] body) {
    return access
        .ownerOfAll(Role.OPERATOR)
        .flatMap(owner -> store.add(EVERY_SITE, json.read(body, KeyOrder.class), owner))
        .map(KeyList::made);
  }

  @DELETE
  @Path("/{id}")
  @Operation(operationId = "revokeGeneralKey", summary = "Revokes a key that reaches every site")
  public Uni<Void> revoke(@RestPath int id) {
    return access.ownerOfAll(Role.OPERATOR).flatMap(owner -> store.revoke(EVERY_SITE, id, owner));
  }
}
