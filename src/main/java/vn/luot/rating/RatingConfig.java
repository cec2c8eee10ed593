package vn.luot.rating;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;

/** Settings of voting. */
@ConfigMapping(prefix = "luot.rating")
interface RatingConfig {
  /**
   * New voters for one page from one network prefix (/24, /64) and day; more are answered 429. An
   * office behind one address has many honest voters, a script has one address and no end.
   */
  @WithDefault("50")
  @Positive
  int newVotersPerNetwork();

  /** The same over all pages of a site. */
  @WithDefault("500")
  @Positive
  int newVotersPerNetworkAndSite();

  /**
   * Pages of a site that may be rated for the first time on one day: bounds what strangers store.
   */
  @WithDefault("5000")
  @PositiveOrZero
  int newRatingsPerDay();

  /**
   * A voter whose token is younger votes for further pages faster than people do: such votes are
   * kept apart and not counted until somebody admits them.
   */
  @WithDefault("2s")
  @DurationMin
  Duration tokenRipensAfter();

  /** When a new key begins to sign tokens; older keys go on to verify theirs. */
  @WithDefault("90d")
  @DurationMin(millis = 1)
  Duration newKeyEvery();

  /** How often a pod looks for keys that another pod made. */
  @DurationMin(millis = 1)
  Duration refreshKeys();
}
