package vn.luot.site.registry;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;

/** Settings of the site registry. */
@ConfigMapping(prefix = "luot.sites")
interface SitesConfig {
  /** How often a pod looks for changed sites: the longest a change takes to reach it. */
  @DurationMin(millis = 1)
  Duration refreshEvery();

  /** How long a pod that starts waits for PostgreSQL before it takes the copy in Redis. */
  @DurationMin
  Duration copyAfter();

  /** How often an unchanged registry is copied again: after a Redis that lost its data. */
  @WithDefault("1m")
  @DurationMin(millis = 1)
  Duration copyEvery();
}
