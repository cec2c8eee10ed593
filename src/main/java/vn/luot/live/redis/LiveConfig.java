package vn.luot.live.redis;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import vn.luot.setting.Allowed;

/** Settings of the live counts in Redis. */
@ConfigMapping(prefix = "luot.live")
public interface LiveConfig {
  /**
   * What all keys in Redis begin with: another one for each installation that must share a Redis.
   */
  @WithDefault("luot")
  @WithConverter(Allowed.KeyPrefix.class)
  String keyPrefix();

  /**
   * How long at most a pod sends itself hits that count nothing before it is ready, so that the
   * first real ones are answered as fast as all others; it ends where real ones come. 0s, and in a
   * native executable: not at all.
   */
  @WithDefault("2s")
  @WithConverter(Allowed.SomeTimeOrNone.class)
  Duration warmUp();

  /** The longest a hit waits for Redis before it is answered 503. */
  @WithDefault("1s")
  @WithConverter(Allowed.SomeTime.class)
  Duration answerWithin();

  /**
   * The most hits sent to Redis together: bounds how long one call keeps Redis busy. Lua's stack
   * takes about 8000 values, and a script unpacks several for each hit.
   */
  @WithDefault("500")
  @WithConverter(Allowed.OneTo1000.class)
  int batchSize();

  /** The most batches of an event loop on their way to Redis at a time. */
  @WithDefault("2")
  @WithConverter(Allowed.FromOne.class)
  int batchesAtOnce();

  /**
   * How many hits must wait for another batch to leave beside the one on its way: fewer share too
   * little of what a batch costs Redis, about 80 microseconds.
   */
  @WithDefault("8")
  @WithConverter(Allowed.FromOne.class)
  int batchBeside();

  /** The most hits that wait per event loop for the batch before theirs; more are answered 503. */
  @WithDefault("10000")
  @WithConverter(Allowed.FromOne.class)
  int queueSize();

  /** A visitor seen is not reported again for so long: saves Redis work, delays presence by it. */
  @WithDefault("15s")
  @WithConverter(Allowed.SomeTimeOrNone.class)
  Duration seenAgainAfter();

  /** Distinct pages of one site on one day; views of further ones count for the page ~other. */
  @WithDefault("20000")
  @WithConverter(Allowed.FromZero.class)
  int pagesPerDay();

  /**
   * Visitors of one site kept as present; further ones are counted neither online nor as visits.
   */
  @WithDefault("200000")
  @WithConverter(Allowed.FromZero.class)
  int visitorsPresent();

  /**
   * Pages of one site that may be counted for the first time on a day within one minute; views of
   * further ones count for the page ~other. 0 sets no limit, since at midnight every page is new.
   */
  @WithDefault("0")
  @WithConverter(Allowed.FromZero.class)
  int newPagesPerMinute();

  /** Hosts that visitors of one site come from on one day; further ones are counted as ~other. */
  @WithDefault("500")
  @WithConverter(Allowed.FromZero.class)
  int referrersPerDay();

  /**
   * Views remembered, of all sites with the same such time (in a Redis Cluster, of those of a
   * bucket), within the time views are taken for repeated; twice that many for a moment, about 80
   * bytes each. Further ones count even when repeated.
   */
  @WithDefault("1000000")
  @WithConverter(Allowed.FromZero.class)
  int viewsRemembered();

  /** How often Redis is asked how full it is. */
  @WithConverter(Allowed.SomeTime.class)
  Duration watchEvery();

  /** Pages whose name this pod remembers to have reported. */
  @WithDefault("250000")
  @WithConverter(Allowed.FromOne.class)
  int namedPages();

  /** How long a batch whose outcome is unknown could still be repeated; see {@link Keys#writer}. */
  @WithDefault("1h")
  @WithConverter(Allowed.FromOneSecond.class)
  Duration writerMemory();
}
