package vn.luot.admin.numbers;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;

/** Settings of how owners read numbers. */
@ConfigMapping(prefix = "luot.numbers")
public interface NumbersConfig {
  /** When PostgreSQL is taken not to answer; longer than any query of a large site. */
  @WithDefault("10s")
  @DurationMin(millis = 1)
  Duration giveUpAfter();

  /** How often is looked for sites whose pages' past totals are due. */
  @DurationMin(millis = 1)
  Duration pastTotalsEvery();

  /**
   * Rows by page and day without a past total, at least: as many are read in some milliseconds, so
   * that small sites need none.
   */
  @WithDefault("20000")
  @PositiveOrZero
  long pastTotalRows();

  /** Points of a series: more than a chart can show, and more than a year of hours. */
  @WithDefault("10000")
  @Positive
  int mostPoints();
}
