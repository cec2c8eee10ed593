package vn.luot.admin.key;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.vertx.mutiny.sqlclient.Row;
import java.time.OffsetDateTime;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;
import vn.luot.admin.access.ApiKey;

/**
 * A key without the key.
 *
 * @param key the key itself: in the answer that made it, and never again
 * @param expiresAt null where it never does
 * @param revokedAt null while it is in force
 * @param lastUsedAt to the minute; null where it never was
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(name = "Key")
public record KeyAnswer(
    int id,
    @Schema(description = "Whose it is, or what for") String name,
    @Schema(enumeration = {"viewer", "reader", "editor", "operator"}) String role,
    @Schema(description = "Reaches the sites with this label only", nullable = true)
        @Nullable String label,
    @Schema(description = "Shown once, in the answer that made it")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable String key,
    OffsetDateTime createdAt,
    @Schema(description = "Who made it") String createdBy,
    @Schema(nullable = true) @Nullable OffsetDateTime expiresAt,
    @Schema(nullable = true) @Nullable OffsetDateTime revokedAt,
    @Schema(description = "Who revoked it", nullable = true) @Nullable String revokedBy,
    @Schema(description = "To the minute", nullable = true) @Nullable OffsetDateTime lastUsedAt) {

  /** Without the key. */
  static KeyAnswer of(Row row) {
    return new KeyAnswer(
        row.getInteger("id"),
        row.getString("name"),
        row.getString("role"),
        row.getString("label"),
        null,
        row.getOffsetDateTime("created_at"),
        row.getString("created_by"),
        row.getOffsetDateTime("expires_at"),
        row.getOffsetDateTime("revoked_at"),
        row.getString("revoked_by"),
        row.getOffsetDateTime("last_used_at"));
  }

  static KeyAnswer of(ApiKey row, @Nullable String key) {
    return new KeyAnswer(
        row.id,
        row.name,
        row.role,
        row.label,
        key,
        row.createdAt,
        row.createdBy,
        row.expiresAt,
        row.revokedAt,
        row.revokedBy,
        row.lastUsedAt);
  }

  /** The answer that shows a key, which nothing on the way may keep. */
  RestResponse<KeyAnswer> made() {
    return RestResponse.ResponseBuilder.create(RestResponse.Status.CREATED, this)
        .header("Cache-Control", "no-store")
        .build();
  }

  /** Keys, the oldest first: those in force, and of the others the newest; at most 500. */
  public record KeyList(List<KeyAnswer> keys) {}
}
