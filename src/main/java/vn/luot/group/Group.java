package vn.luot.group;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.OffsetDateTime;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The sum of the sites with a label whose numbers anybody may read, in each site's own days.
 *
 * @param online null where that of one of them is not known at the moment
 */
@RegisterForReflection(targets = {Group.class, Group.Views.class})
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(description = "Sums of the sites with a label whose numbers are public")
public record Group(
    @Schema(examples = "Sở") String label,
    @Schema(description = "How many sites") int sites,
    @Schema(description = "Visitors online; null where that is not known", nullable = true)
        Long online,
    Views views,
    OffsetDateTime asOf) {

  /** Counted views, opening balances included in the total. */
  @Schema(name = "GroupViews")
  public record Views(long today, long yesterday, long month, long total) {}
}
