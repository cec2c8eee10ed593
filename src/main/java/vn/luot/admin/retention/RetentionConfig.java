package vn.luot.admin.retention;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Positive;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;

/** Settings of how details go that a site no longer keeps. */
@ConfigMapping(prefix = "luot.retention")
interface RetentionConfig {
  /** How often such details are looked for. */
  @DurationMin(millis = 1)
  Duration every();

  /** Rows summed up by one transaction, so that none of them holds up the flush for long. */
  @WithDefault("20000")
  @Positive
  int atOnce();
}
