package vn.luot.quarantine;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import vn.luot.setting.Allowed;

/** Settings of how bursts are told; whether and how far a site's are is a rule of each site. */
@ConfigMapping(prefix = "luot.quarantine")
interface QuarantineConfig {
  /** Days before today that show what is usual: weekdays and weekends, twice. */
  @WithDefault("14")
  @WithConverter(Allowed.FromOne.class)
  int days();

  /** Days with views that must be among them; on a younger site nothing is a burst. */
  @WithDefault("7")
  @WithConverter(Allowed.FromOne.class)
  int daysNeeded();

  /** How often a pod reads anew what is usual for a site. */
  @WithDefault("1h")
  @WithConverter(Allowed.SomeTime.class)
  Duration readEvery();
}
