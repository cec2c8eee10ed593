package vn.luot.admin.refusals;

import java.time.OffsetDateTime;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Refused origins, the most frequent first.
 *
 * @param others refused calls of origins that are not listed
 */
public record RefusalList(List<RefusedOrigin> refusals, long others) {

  /** An origin whose calls are refused. */
  public record RefusedOrigin(
      @Schema(description = "The site that the pages are, or would be, of", examples = "bacninh")
          String site,
      @Schema(
              description = "Scheme, host and port; null where calls name none that can be one",
              nullable = true,
              examples = "http://bacninh.example.vn")
          String origin,
      @Schema(
              description =
                  "origin-not-allowed: to be added to the site's origins, if the pages are its own;"
                      + " unknown-site: the origin is the site's, and its pages name another site",
              enumeration = {"origin-not-allowed", "unknown-site"})
          String reason,
      @Schema(description = "Calls: a page's hit, which is not repeated, and reads", minimum = "1")
          long refused,
      @Schema(description = "To within some seconds") OffsetDateTime lastAt) {}
}
