package vn.luot.admin.numbers;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of how owners read numbers. */
@ConfigMapping(prefix = "luot.numbers")
public interface NumbersConfig {
  /** When PostgreSQL is taken not to answer; longer than any query of a large site. */
  @WithDefault("10s")
  Duration giveUpAfter();

  /** How often months that are over are looked for, to be summed up by page. */
  Duration sumMonthsEvery();

  /** Points of a series: ten years of hours, 6 MB of JSON. */
  @WithDefault("87840")
  int mostPoints();
}
