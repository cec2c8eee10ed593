package vn.luot.admin.site;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How a site's settings were changed. */
@Schema(name = "SettingsChanges")
public record SiteChanges(@Schema(description = "The newest first") List<Change> changes) {

  /** One change: the settings it changed, as they were and as they became. */
  @Schema(name = "SettingsChange")
  public record Change(
      OffsetDateTime changedAt,
      @Schema(description = "Name of the key, or person") String changedBy,
      Map<String, Object> was,
      Map<String, Object> became) {}
}
