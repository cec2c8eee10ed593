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

/** Keys that reach one site. */
@Path("/admin/v1/sites/{site}/keys")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Admin")
public class KeysResource {
  private final Access access;
  private final KeyStore store;
  private final JsonBody json;

  KeysResource(Access access, KeyStore store, JsonBody json) {
    this.access = access;
    this.store = store;
    this.json = json;
  }

  @GET
  @Operation(
      operationId = "listKeys",
      summary = "Lists a site's keys, the ended ones too; to editors those of viewers")
  public Uni<KeyList> list(@RestPath String site) {
    return access
        .site(site, Role.EDITOR)
        .flatMap(reached -> store.list(reached.site().id(), reached.owner()))
        .map(KeyList::new);
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "addKey",
      summary = "Makes a key that reaches this site only",
      description =
          "256 random bits. The key is in this answer and nowhere else; Luot keeps a hash. Editors"
              + " make, list and revoke keys of viewers. Such a key is shared as the link"
              + " .../admin/?shared#key=<key>, which opens the site's numbers in a browser and is"
              + " sent to no server.")
  @APIResponse(
      responseCode = "201",
      description = "The key, this once",
      content = @Content(schema = @Schema(implementation = KeyAnswer.class)))
  @RequestBody(
      required = true,
      content = @Content(schema = @Schema(implementation = KeyOrder.class)))
  public Uni<RestResponse<KeyAnswer>> add(@RestPath String site, byte[] body) {
    return access
        .site(site, Role.EDITOR)
        .flatMap(
            reached ->
                store.add(reached.site().id(), json.read(body, KeyOrder.class), reached.owner()))
        .map(KeyList::made);
  }

  @DELETE
  @Path("/{id}")
  @Operation(
      operationId = "revokeKey",
      summary = "Revokes a key; refused everywhere within seconds")
  public Uni<Void> revoke(@RestPath String site, @RestPath int id) {
    return access
        .site(site, Role.EDITOR)
        .flatMap(reached -> store.revoke(reached.site().id(), id, reached.owner()));
  }
}
