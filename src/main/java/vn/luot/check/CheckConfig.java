package vn.luot.check;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;

/** Settings of the checks of both stores. */
@ConfigMapping(prefix = "luot.check")
interface CheckConfig {
  /** How often the stores are asked how they are set: somebody may change it while they run. */
  @DurationMin(millis = 1)
  Duration every();

  /** How often a finding that stays is logged again. */
  @WithDefault("10m")
  @DurationMin
  Duration repeatAfter();

  /**
   * Whether a pod is not ready while a store is set so that it may lose counts. Off, because that
   * takes every pod out of service at once, also where an operator knows better.
   */
  @WithDefault("false")
  boolean refuse();
}
