package vn.luot.reading;

import java.time.OffsetDateTime;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import vn.luot.reading.base.Sums;

/**
 * A site's numbers. Whatever is not known at the moment is null, never a false 0.
 *
 * @param online visitors seen within the window
 * @param onlineWindowSeconds the window
 * @param views counted page views
 * @param visits views of one visitor with gaps below the site's visit gap make one visit
 * @param visitors distinct visitors
 * @param asOf when this was read, by the clock that counts
 */
@Schema(description = "A site's numbers; null where one is not known at the moment")
public record Counters(
    @Schema(description = "Visitors seen within the window", nullable = true, examples = "34")
        Long online,
    long onlineWindowSeconds,
    @Schema(nullable = true) Sums views,
    @Schema(nullable = true) Sums visits,
    Visitors visitors,
    OffsetDateTime asOf) {

  /** Changes when a number does, and not with the time. */
  String version() {
    return Integer.toHexString(Objects.hash(online, onlineWindowSeconds, views, visits, visitors));
  }

  /**
   * Distinct visitors, estimated by HyperLogLog with a standard error of 0.81 %.
   *
   * @param month sum over the month's days: the hashes change daily, so someone who comes on three
   *     days counts three times
   */
  public record Visitors(
      @Schema(nullable = true) Long today,
      @Schema(nullable = true) Long yesterday,
      @Schema(nullable = true) Long month) {}
}
