package vn.luot.admin.key;

import com.fasterxml.jackson.annotation.JsonInclude;
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
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;
import vn.luot.admin.access.Access;
import vn.luot.admin.access.Role;
import vn.luot.admin.call.JsonBody;
import vn.luot.admin.key.KeyAnswer.KeyList;

/** Keys that reach one site, keys that reach every site, and what the caller's key may do. */
@Path("/admin/v1")
@Produces(MediaType.APPLICATION_JSON)
public class KeysResource {
  private static final @Nullable Integer EVERY_SITE = null;

  @Inject Access access;
  @Inject KeyStore store;
  @Inject JsonBody json;

  /** The caller. */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  @Schema(name = "Me")
  public record Me(
      @Schema(description = "As what this owner does is signed") String name,
      @Schema(enumeration = {"viewer", "reader", "editor", "operator"}) String role,
      @Schema(description = "Whether every site is within reach") boolean everySite,
      @Schema(description = "Only sites with this label are within reach", nullable = true)
          @Nullable String label) {}

  @GET
  @Path("/me")
  @Operation(summary = "Reads what the key that is sent may do")
  public Uni<Me> readMe() {
    return access
        .owner(Role.VIEWER)
        .map(owner -> new Me(owner.name(), owner.role().label(), owner.everySite(), owner.label()));
  }

  @GET
  @Path("/sites/{site}/keys")
  @Operation(summary = "Lists a site's keys, the ended ones too; to editors those of viewers")
  public Uni<KeyList> listKeys(@RestPath String site) {
    return access.site(site, Role.EDITOR, (of, owner) -> store.list(of.id(), owner));
  }

  @POST
  @Path("/sites/{site}/keys")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Makes a key that reaches this site only",
      description =
          "256 random bits. The key is in this answer and nowhere else; Luot keeps a hash. Editors"
              + " make, list and revoke keys of viewers. Such a key is shared as the link"
              + " .../admin/?shared#key=<key>, which opens the site's numbers in a browser and is"
              + " sent to no server.")
  @APIResponseSchema(
      value = KeyAnswer.class,
      responseCode = "201",
      responseDescription = "The key, this once")
  @RequestBodySchema(KeyOrder.class)
  public Uni<RestResponse<KeyAnswer>> addKey(@RestPath String site, byte[] body) {
    return access
        .site(
            site,
            Role.EDITOR,
            (of, owner) -> store.add(of.id(), json.read(body, KeyOrder.class), owner))
        .map(KeyAnswer::made);
  }

  @DELETE
  @Path("/sites/{site}/keys/{id}")
  @Operation(summary = "Revokes a key; refused everywhere within seconds")
  public Uni<Void> revokeKey(@RestPath String site, @RestPath int id) {
    return access.site(site, Role.EDITOR, (of, owner) -> store.revoke(of.id(), id, owner));
  }

  @GET
  @Path("/keys")
  @Operation(summary = "Lists the keys that reach every site")
  public Uni<KeyList> listGeneralKeys() {
    return access.ownerOfAll(Role.OPERATOR).flatMap(owner -> store.list(EVERY_SITE, owner));
  }

  @POST
  @Path("/keys")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Makes a key that reaches every site",
      description =
          "A viewer's may reach only the sites with a label. Its link is .../admin/?shared#key=<key>.")
  @APIResponseSchema(
      value = KeyAnswer.class,
      responseCode = "201",
      responseDescription = "The key, this once")
  @RequestBodySchema(KeyOrder.class)
  public Uni<RestResponse<KeyAnswer>> addGeneralKey(byte[] body) {
    return access
        .ownerOfAll(Role.OPERATOR)
        .flatMap(owner -> store.add(EVERY_SITE, json.read(body, KeyOrder.class), owner))
        .map(KeyAnswer::made);
  }

  @DELETE
  @Path("/keys/{id}")
  @Operation(summary = "Revokes a key that reaches every site")
  public Uni<Void> revokeGeneralKey(@RestPath int id) {
    return access.ownerOfAll(Role.OPERATOR).flatMap(owner -> store.revoke(EVERY_SITE, id, owner));
  }
}
