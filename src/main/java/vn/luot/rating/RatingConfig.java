package vn.luot.rating;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;

/** Settings of voting. */
@ConfigMapping(prefix = "luot.rating")
interface RatingConfig {
  /** What the numbers in Redis can hold. */
  int MOST = 65535;

  /**
   * New voters that count for one page from one network and local day; votes beyond are held for
   * the owner. This is of an IPv4 /24 and an IPv6 /56; a /64 has half of it, a /48 twice. An office
   * behind one address has many honest voters, a script has one address and no end.
   */
  @WithDefault("50")
  @Min(1)
  @Max(MOST)
  int newVotersPerNetwork();

  /** The same over all pages of a site; the portal's own rating has as many beside them. */
  @WithDefault("200")
  @Min(1)
  @Max(MOST)
  int newVotersPerNetworkAndSite();

  /** The same in one minute: a class rates together, a script goes on and on. */
  @WithDefault("20")
  @Min(1)
  @Max(MOST)
  int newVotersPerNetworkAndMinute();

  /**
   * New voters that count for all pages of a site, and as many for the portal, on one day: bounds
   * what strangers store, and what they can move together. Beyond some 30000 the numbers of
   * networks become inexact: votes are held too early, never too late.
   */
  @WithDefault("20000")
  @Min(1)
  @Max(MOST)
  int newVotersPerSite();

  /** Votes of one network and day that are held one by one; those beyond are only summed up. */
  @WithDefault("100")
  @Min(1)
  @Max(MOST)
  int heldVotesPerNetwork();

  /** The same of a whole site: bounds what an owner has to look through, and what is stored. */
  @WithDefault("5000")
  @Min(1)
  @Max(MOST)
  int heldVotesPerSite();

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
