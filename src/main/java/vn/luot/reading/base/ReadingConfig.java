package vn.luot.reading.base;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;

/** Settings of how numbers are shown. */
@ConfigMapping(prefix = "luot.reading")
public interface ReadingConfig {
  /** The longest an answer waits for PostgreSQL; then the number is null. */
  @WithDefault("300ms")
  @DurationMin(millis = 1)
  Duration waitAtMost();

  /** After an answer waited in vain, others do not wait at all for so long. */
  @WithDefault("1s")
  @DurationMin
  Duration hurryFor();

  /** When a query is taken for lost, so that the next one is tried. */
  @WithDefault("5s")
  @DurationMin(millis = 1)
  Duration giveUpAfter();

  /**
   * How often the kept sums of a site that is being read, and its kept ratings, are loaded again.
   */
  @WithDefault("10s")
  @DurationMin(millis = 1)
  Duration refreshSites();

  /** How long the kept sum of a page is used: the longest a correction takes to be seen. */
  @WithDefault("5m")
  @DurationMin(millis = 1)
  Duration keepPages();

  /** Pages whose sum a pod keeps, at most 64 bytes each. */
  @WithDefault("250000")
  @Positive
  int pagesKept();

  /** Ratings this pod keeps, and as many of their opening balances. */
  @WithDefault("100000")
  @Positive
  int ratingsKept();

  /**
   * The most pages that wait for their sum to be loaded, those asked for without a hit half of
   * them; more are shown as null.
   */
  @WithDefault("5000")
  @Positive
  int pagesWaiting();

  /** How long one reading of a site's counters is given to everybody. */
  @WithDefault("1s")
  @DurationMin
  Duration shareCounters();

  /** How long one reading of a list of pages is given to everybody who asks for the same list. */
  @WithDefault("2s")
  @DurationMin
  Duration shareLists();

  /** Lists shared at a time, about 11 KB for one of 100 pages; at most 52. Others are read anew. */
  @WithDefault("250")
  @PositiveOrZero
  int listsKept();

  /** How long a list of top pages is given to everybody. */
  @WithDefault("5s")
  @DurationMin
  Duration shareTopPages();

  /** Pages with fewer votes are not ranked by rating. */
  @WithDefault("1")
  @PositiveOrZero
  int minimumVotes();

  /** How many votes the site's mean is worth when pages are ranked by rating. */
  @WithDefault("10")
  @PositiveOrZero
  double priorVotes();

  /** How often a page asks to be kept online; part of the answer to a hit. */
  @WithDefault("60s")
  @DurationMin(seconds = 1)
  Duration heartbeat();
}
