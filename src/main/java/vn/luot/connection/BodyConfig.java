package vn.luot.connection;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Settings of how large bodies may be; public calls have a limit of their own. */
@ConfigMapping(prefix = "luot.bodies")
public interface BodyConfig {
  /** The largest file to import; kept in memory until it is imported. */
  @WithDefault("32M")
  MemorySize imports();

  /** What any other call's body may have at most. */
  @WithDefault("64K")
  MemorySize others();
}
