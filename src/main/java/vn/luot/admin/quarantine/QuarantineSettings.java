package vn.luot.admin.quarantine;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;

/** Settings of how what is in quarantine is judged. */
@ConfigMapping(prefix = "luot.quarantine")
interface QuarantineSettings {
  /** How long a day must be over before it is judged: its last hits may be on their way. */
  @WithDefault("10m")
  @DurationMin
  Duration judgeAfter();

  /** How often what came late of days judged already is looked for. */
  @DurationMin(millis = 1)
  Duration settleEvery();

  /** The longest it may take to move a day's rows: 20,000 pages take about a second. */
  @WithDefault("1m")
  @DurationMin(millis = 1)
  Duration giveUpAfter();
}
