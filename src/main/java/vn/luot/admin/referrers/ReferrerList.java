package vn.luot.admin.referrers;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import vn.luot.admin.numbers.Covered;

/** Where visitors came from. */
@Schema(name = "ReferrerList")
public record ReferrerList(
    @JsonUnwrapped Covered covered,
    @Schema(description = "Most views first; ~other, beyond the day's limit of hosts, last")
        List<ReferrerEntry> referrers) {

  /** One host. */
  @Schema(name = "ReferrerEntry")
  public record ReferrerEntry(
      @Schema(description = "Host only, never an address", examples = "www.google.com") String host,
      @Schema(description = "Views that came from there") long views) {}
}
