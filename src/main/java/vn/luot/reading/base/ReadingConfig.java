package vn.luot.reading.base;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import vn.luot.setting.Allowed;

/** Settings of how numbers are shown. */
@ConfigMapping(prefix = "luot.reading")
public interface ReadingConfig {
  /** The longest an answer waits for PostgreSQL; then the number is null. */
  @WithDefault("300ms")
  @WithConverter(Allowed.SomeTime.class)
  Duration waitAtMost();

  /** After an answer waited in vain, others do not wait at all for so long. */
  @WithDefault("1s")
  @WithConverter(Allowed.SomeTimeOrNone.class)
  Duration hurryFor();

  /** When a query is taken for lost, so that the next one is tried. */
  @WithDefault("5s")
  @WithConverter(Allowed.SomeTime.class)
  Duration giveUpAfter();

  /**
   * How often the kept sums of a site that is being read, and its kept ratings, are loaded again.
   */
  @WithDefault("10s")
  @WithConverter(Allowed.SomeTime.class)
  Duration refreshSites();

  /** How long the kept sum of a page is used: the longest a correction takes to be seen. */
  @WithDefault("5m")
  @WithConverter(Allowed.SomeTime.class)
  Duration keepPages();

  /** Pages whose sum a pod keeps, at most 64 bytes each. */
  @WithDefault("250000")
  @WithConverter(Allowed.FromOne.class)
  int pagesKept();

  /** Ratings this pod keeps, and as many of their opening balances. */
  @WithDefault("100000")
  @WithConverter(Allowed.FromOne.class)
  int ratingsKept();

  /**
   * The most pages that wait for their sum to be loaded, those asked for without a hit half of
   * them; more are shown as null.
   */
  @WithDefault("5000")
  @WithConverter(Allowed.FromOne.class)
  int pagesWaiting();

  /** How long one reading of a site's counters is given to everybody. */
  @WithDefault("1s")
  @WithConverter(Allowed.SomeTimeOrNone.class)
  Duration shareCounters();

  /** How long one reading of a list of pages is given to everybody who asks for the same list. */
  @WithDefault("2s")
  @WithConverter(Allowed.SomeTimeOrNone.class)
  Duration shareLists();

  /** Lists shared at a time, about 11 KB for one of 100 pages; at most 52. Others are read anew. */
  @WithDefault("250")
  @WithConverter(Allowed.FromZero.class)
  int listsKept();

  /** How long a list of top pages is given to everybody. */
  @WithDefault("5s")
  @WithConverter(Allowed.SomeTimeOrNone.class)
  Duration shareTopPages();

  /** Pages with fewer votes are not ranked by rating. */
  @WithDefault("1")
  @WithConverter(Allowed.FromZero.class)
  int minimumVotes();

  /** How many votes the site's mean is worth when pages are ranked by rating. */
  @WithDefault("10")
  @WithConverter(Allowed.DecimalFromZero.class)
  double priorVotes();

  /** How often a page asks to be kept online; part of the answer to a hit. */
  @WithDefault("60s")
  @WithConverter(Allowed.FromOneSecond.class)
  Duration heartbeat();
}
