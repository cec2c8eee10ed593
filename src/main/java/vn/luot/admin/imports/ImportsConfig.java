package vn.luot.admin.imports;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import vn.luot.setting.Allowed;

/**
 * Settings of imports; luot.bodies has how large a file may be. A pod needs memory for {@code
 * at-once} files: of text a fifth of its size, and 15 bytes a line or, of hits, at most 60 MB. All
 * that it keeps together have no more than the largest file may.
 */
@ConfigMapping(prefix = "luot.imports")
public interface ImportsConfig {
  /** The most lines of a file. */
  @WithDefault("1000000")
  @WithConverter(Allowed.FromOne.class)
  int maxLines();

  /**
   * Files a pod keeps, one of a site, while they arrive and wait; further ones are answered 503.
   */
  @WithDefault("4")
  @WithConverter(Allowed.FromOne.class)
  int files();

  /** The longest a file that has arrived waits for those in front of it. */
  @WithDefault("30s")
  @WithConverter(Allowed.SomeTime.class)
  Duration waitAtMost();

  /** Files a pod works on at the same time. */
  @WithDefault("1")
  @WithConverter(Allowed.FromOne.class)
  int atOnce();

  /** The longest a file may take to arrive. */
  @WithDefault("5m")
  @WithConverter(Allowed.SomeTime.class)
  Duration arriveWithin();

  /** Lines written with one statement. */
  @WithDefault("5000")
  @WithConverter(Allowed.FromOne.class)
  int batchSize();

  /** How often the progress is recorded. */
  @WithDefault("500ms")
  @WithConverter(Allowed.SomeTime.class)
  Duration recordEvery();

  /** When an import that records no progress any more is taken for broken off. */
  @WithDefault("2m")
  @WithConverter(Allowed.SomeTime.class)
  Duration brokenOffAfter();
}
