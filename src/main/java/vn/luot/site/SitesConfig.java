package vn.luot.site;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;

/** Settings of the site registry. */
@ConfigMapping(prefix = "luot.sites")
interface SitesConfig {
  /** How often a pod looks for changed sites: the longest a change takes to reach it. */
  Duration refreshEvery();
}
