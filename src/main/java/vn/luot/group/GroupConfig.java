package vn.luot.group;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.hibernate.validator.constraints.time.DurationMin;

/** Settings of sums that anybody may read. */
@ConfigMapping(prefix = "luot.group")
public interface GroupConfig {
  /**
   * Labels whose sites' numbers are summed up for everybody, written without marks, such as {@code
   * so,huyen}. None by default: whoever changes a site's labels changes such a sum.
   */
  Optional<Set<String>> publicLabels();

  /** How long one reading of a sum is given to everybody. */
  @WithDefault("10s")
  @DurationMin(millis = 1)
  Duration share();
}
