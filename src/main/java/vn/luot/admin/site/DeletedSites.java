package vn.luot.admin.site;

import io.vertx.mutiny.sqlclient.Row;
import java.time.OffsetDateTime;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Sites that were deleted. */
@Schema(name = "DeletedSites")
public record DeletedSites(@Schema(description = "The last one first") List<Deleted> sites) {

  /** One site: the id may be another one's since. */
  @Schema(name = "DeletedSite")
  public record Deleted(
      @Schema(examples = "bacninh") String id,
      String name,
      OffsetDateTime deletedAt,
      @Schema(description = "Name of the key, or person") String deletedBy) {}

  static Deleted of(Row row) {
    return new Deleted(
        row.getString(0), row.getString(1), row.getOffsetDateTime(2), row.getString(3));
  }
}
