package vn.luot.admin.deletion;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Positive;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;

/** Settings of how a site goes. */
@ConfigMapping(prefix = "luot.admin")
interface DeletionConfig {
  /** How often sites that are to be deleted are looked for. */
  @DurationMin(millis = 1)
  Duration deleteEvery();

  /**
   * How long no pod may have known a site before its data are deleted: hits may be on their way.
   */
  @WithDefault("1m")
  @DurationMin
  Duration deleteAfter();

  /** Rows deleted by one statement, so that none of them holds locks for long. */
  @WithDefault("20000")
  @Positive
  int deleteAtOnce();
}
