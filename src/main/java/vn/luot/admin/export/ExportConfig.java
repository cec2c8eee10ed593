package vn.luot.admin.export;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Positive;

/** Settings of exports. */
@ConfigMapping(prefix = "luot.export")
interface ExportConfig {
  /**
   * Exports that a pod serves at once, one for each site; each holds a connection to PostgreSQL as
   * long as it runs. More are answered 503, a second one of a site 429.
   */
  @WithDefault("2")
  @Positive
  int atOnce();

  /** Rows in memory for each export. */
  @WithDefault("1000")
  @Positive
  int rowsAtOnce();
}
