package vn.luot.admin.key;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import vn.luot.admin.access.Access;
import vn.luot.admin.access.owner.Role;

/** Who calls. */
@Path("/admin/v1/me")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Admin")
public class OwnKeyResource {
  private final Access access;

  OwnKeyResource(Access access) {
    this.access = access;
  }

  /** The caller. */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  @Schema(name = "Me")
  public record Me(
      @Schema(description = "As what this owner does is signed") String name,
      @Schema(enumeration = {"viewer", "reader", "editor", "operator"}) String role,
      @Schema(description = "Whether every site is within reach") boolean everySite,
      @Schema(description = "Only sites with this label are within reach", nullable = true)
          String label) {}

  @GET
  @Operation(operationId = "readMe", summary = "Reads what the key that is sent may do")
  public Uni<Me> read() {
    return access
        .owner(Role.VIEWER)
        .map(owner -> new Me(owner.name(), owner.role().label(), owner.everySite(), owner.label()));
  }
}
