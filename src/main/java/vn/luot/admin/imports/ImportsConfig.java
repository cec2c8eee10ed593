package vn.luot.admin.imports;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of imports. A pod needs memory for {@code at-once} files and 24 bytes a line. */
@ConfigMapping(prefix = "luot.imports")
interface ImportsConfig {
  /** The largest file; kept in memory until it is imported. */
  @WithDefault("32M")
  MemorySize maxBody();

  /** The most lines of a file. */
  @WithDefault("1000000")
  int maxLines();

  /** Files a pod takes at the same time; further ones are answered 503. */
  @WithDefault("1")
  int atOnce();

  /** The longest a file may take to arrive. */
  @WithDefault("5m")
  Duration arriveWithin();

  /** Balances written with one statement. */
  @WithDefault("5000")
  int batchSize();

  /** How often the progress is recorded. */
  @WithDefault("500ms")
  Duration recordEvery();

  /** When an import that records no progress any more is taken for broken off. */
  @WithDefault("2m")
  Duration brokenOffAfter();

  /** What any other call's body may have at most; public calls have a limit of their own. */
  @WithDefault("64K")
  MemorySize otherBodies();
}
