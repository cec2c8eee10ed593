package vn.luot.connection;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;

/** Settings of how long a client may take to say what it wants. */
@ConfigMapping(prefix = "luot.connections")
interface ConnectionConfig {
  /**
   * From the first byte of a request to its last. A page's request is one packet; whoever takes
   * longer than this over a slow line sends it again. Without it a byte a minute would hold a
   * connection for ever, since none is ever idle.
   */
  @WithDefault("20s")
  @DurationMin(millis = 1)
  Duration requestWithin();

  /** A second more for each of these that have arrived, so that a file to import may be large. */
  @WithDefault("32K")
  MemorySize bytesPerSecond();

  /**
   * How many requests a second that were sent before the one in front of them was answered are let
   * in by an event loop, over all its connections. Browsers and proxies send none.
   */
  @WithDefault("2000")
  @Min(1)
  int aheadPerSecond();
}
