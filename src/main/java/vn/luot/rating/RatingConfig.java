package vn.luot.rating;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import vn.luot.setting.Allowed;

/** Settings of voting. */
@ConfigMapping(prefix = "luot.rating")
interface RatingConfig {
  /** What the numbers in Redis can hold. */
  int MOST = Allowed.OneTo65535.MOST;

  /**
   * New voters that count for one page from one network and local day; votes beyond are held for
   * the owner. This is of an IPv4 /24 and an IPv6 /56; a /64 has half of it, a /48 twice. An office
   * behind one address has many honest voters, a script has one address and no end.
   */
  @WithDefault("50")
  @WithConverter(Allowed.OneTo65535.class)
  int newVotersPerNetwork();

  /** The same over all pages of a site; the portal's own rating has as many beside them. */
  @WithDefault("200")
  @WithConverter(Allowed.OneTo65535.class)
  int newVotersPerNetworkAndSite();

  /** The same in one minute: a class rates together, a script goes on and on. */
  @WithDefault("20")
  @WithConverter(Allowed.OneTo65535.class)
  int newVotersPerNetworkAndMinute();

  /**
   * New voters that count for all pages of a site, and as many for the portal, on one day: bounds
   * what strangers store, and what they can move together. Beyond some 30000 the numbers of
   * networks become inexact: votes are held too early, never too late.
   */
  @WithDefault("20000")
  @WithConverter(Allowed.OneTo65535.class)
  int newVotersPerSite();

  /** Votes of one network and day that are held one by one; those beyond are only summed up. */
  @WithDefault("100")
  @WithConverter(Allowed.OneTo65535.class)
  int heldVotesPerNetwork();

  /** The same of a whole site: bounds what an owner has to look through, and what is stored. */
  @WithDefault("5000")
  @WithConverter(Allowed.OneTo65535.class)
  int heldVotesPerSite();

  /**
   * A voter whose token is younger votes for further pages faster than people do: such votes are
   * kept apart and not counted until somebody admits them.
   */
  @WithDefault("2s")
  @WithConverter(Allowed.SomeTimeOrNone.class)
  Duration tokenRipensAfter();

  /** When a new key begins to sign tokens; older keys go on to verify theirs. */
  @WithDefault("90d")
  @WithConverter(Allowed.SomeTime.class)
  Duration newKeyEvery();

  /** How often a pod looks for keys that another pod made. */
  @WithConverter(Allowed.SomeTime.class)
  Duration refreshKeys();
}
