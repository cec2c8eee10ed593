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

  /** Visitors whom a pod remembers to have admitted, at most 64 bytes each. */
  @WithDefault("200000")
  @Positive
  int visitorsRemembered();

  /**
   * Pages never seen before that one /24 or /48 may bring to a site in a day; views of further ones
   * count for the page ~other until somebody else asks for them. 0 sets no limit. Up to a fifth
   * more may come before the pod knows which pages are new.
   */
  @WithDefault("500")
  @PositiveOrZero
  int newPagesPerNetwork();

  /**
   * Pages that a pod keeps of a site which counts known pages only, or to which many new pages are
   * brought, 8 bytes each; of all such sites four times as many. Of a site with more it is not
   * known which pages are new.
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
