package vn.luot.admission;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;

/** Settings of what hits are let in; what one network may send is a rule of each site. */
@ConfigMapping(prefix = "luot.hit")
interface HitLimitConfig {
  /**
   * Hits of one site and second that a pod takes, those of a second at once; more are answered 429.
   * 0 sets no limit: what is much for one site is little for another.
   */
  @WithDefault("0")
  @PositiveOrZero
  int siteHitsPerSecond();

  /**
   * Networks of which a pod remembers how much they sent within the last minute, at most 64 bytes
   * each.
   */
  @WithDefault("100000")
  @Positive
  int clientsRemembered();

  /**
   * Visitors whom one network (IPv4 address, IPv6 /64) may bring to a site at once and again within
   * each hour; a /24 or /48 sixteen times as many. 0 sets no limit. Views by others count, but
   * neither as visits nor visitors nor online. Sixty is an office behind one address, when its
   * people open a page at the same moment.
   */
  @WithDefault("60")
  @PositiveOrZero
  int visitorsPerNetwork();

  /** Visitors whom a pod remembers to have admitted, at most 64 bytes each. */
  @WithDefault("200000")
  @Positive
  int visitorsRemembered();

  /**
   * Pages that a pod keeps of a site which counts known pages only, 8 bytes each. Of a site with
   * more all pages are taken for known.
   */
  @WithDefault("1000000")
  @PositiveOrZero
  int knownPages();

  /** How soon a page that became known is counted under its own name. */
  @WithDefault("10s")
  @DurationMin(millis = 1)
  Duration refreshKnownPages();

  /** The longest a hit or vote waits for the known pages; then its page is taken for known. */
  @WithDefault("300ms")
  @DurationMin(millis = 1)
  Duration waitForKnownPages();
}
