package vn.luot.refusal;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Positive;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;

/** What is remembered of pages that may not call. */
@ConfigMapping(prefix = "luot.refusals")
public interface RefusedOriginsConfig {
  /** How often a pod adds its own to what Redis has; the last few are lost with a pod. */
  @DurationMin(millis = 1)
  Duration writeEvery();

  /** Since the last refusal: a mistake that nobody makes any more is none. */
  @WithDefault("168h")
  @DurationMin(seconds = 1)
  Duration keep();

  /** Anybody can make up origins: one takes at most 350 bytes of Redis. */
  @WithDefault("50")
  @Positive
  int perSite();
}
