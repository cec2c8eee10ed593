package vn.luot.admission;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of what hits are let in; what one network may send is a rule of each site. */
@ConfigMapping(prefix = "luot.hit")
interface HitLimitConfig {
  /**
   * Hits of one site and second that a pod takes, those of a second at once; more are answered 429.
   * 0 sets no limit: what is much for one site is little for another.
   */
  @WithDefault("0")
  int siteHitsPerSecond();

  /**
   * Networks of which a pod remembers how much they sent within the last minute, at most 64 bytes
   * each.
   */
  @WithDefault("100000")
  int clientsRemembered();

  /**
   * Pages that a pod keeps of a site which counts known pages only, 8 bytes each. Of a site with
   * more all pages are taken for known.
   */
  @WithDefault("1000000")
  int knownPages();

  /** How soon a page that became known is counted under its own name. */
  @WithDefault("10s")
  Duration refreshKnownPages();

  /** The longest a hit waits for the known pages of its site; then its page is taken for known. */
  @WithDefault("300ms")
  Duration waitForKnownPages();
}
