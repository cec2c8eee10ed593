package vn.luot.admin.referrers;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import vn.luot.admin.numbers.Covered;

/** Where visitors came from. */
@Schema(name = "ReferrerList")
public record ReferrerList(
    @JsonUnwrapped Covered covered,
    @Schema(
            description =
                "Most views first; ~other, beyond the day's limit of hosts, last. What has m, l, lm"
                    + " or mobile in front is one with the host behind it: m.facebook.com is"
                    + " facebook.com")
        List<ReferrerEntry> referrers,
    @Schema(description = "Views that came from all hosts, those that are not listed included")
        long views,
    @Schema(
            description =
                "Visits of the same days less these views, at least 0: those that began with an"
                    + " address that was typed or kept, in an app, or that did not say where."
                    + " Whoever comes back from another site within a visit is missing in it;"
                    + " visits that were imported are not in it")
        long direct) {

  /** One host. */
  @Schema(name = "ReferrerEntry")
  public record ReferrerEntry(
      @Schema(description = "Host only, never an address", examples = "www.google.com") String host,
      @Schema(description = "Views that came from there") long views) {}
}
