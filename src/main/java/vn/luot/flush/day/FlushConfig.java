package vn.luot.flush.day;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import vn.luot.setting.Allowed;

/** Settings of the flush. */
@ConfigMapping(prefix = "luot.flush")
public interface FlushConfig {
  /** How often one of the pods flushes; lists of top pages are as old as that. */
  @WithConverter(Allowed.SomeTime.class)
  Duration every();

  /** How often the distinct visitors are flushed: 12 KiB a site, and nothing shows them sooner. */
  @WithDefault("1m")
  @WithConverter(Allowed.SomeTimeOrNone.class)
  Duration visitorsEvery();

  /** How often days that are over are looked for in Redis. */
  @WithConverter(Allowed.SomeTime.class)
  Duration clearEvery();

  /** How long a day stays in Redis after its end in every zone: for clocks and late flushes. */
  @WithDefault("2h")
  @WithConverter(Allowed.SomeTimeOrNone.class)
  Duration keepDays();

  /**
   * How often everything that Redis still holds is flushed once more, changed or not: heals what
   * PostgreSQL lost unnoticed.
   */
  @WithDefault("1h")
  @WithConverter(Allowed.SomeTime.class)
  Duration repeatEvery();

  /** Registers merged into PostgreSQL by one statement, where many wait. */
  @WithDefault("5000")
  @WithConverter(Allowed.FromOne.class)
  int batchSize();

  /** Where no more registers wait, they are taken gently, so that hits need not wait for a core. */
  @WithDefault("10000")
  @WithConverter(Allowed.FromZero.class)
  int gentleUpTo();

  /** Registers merged by one statement of a gentle flush. */
  @WithDefault("250")
  @WithConverter(Allowed.FromOne.class)
  int gentleBatchSize();

  /** How long a gentle flush rests after each statement; 0: no flush is gentle. */
  @WithDefault("20ms")
  @WithConverter(Allowed.SomeTimeOrNone.class)
  Duration gentleRest();

  /** When a statement is taken for lost and the flush begins anew. */
  @WithDefault("30s")
  @WithConverter(Allowed.SomeTime.class)
  Duration giveUpAfter();

  /** A flush further behind than this is logged as a warning. */
  @WithDefault("1m")
  @WithConverter(Allowed.SomeTimeOrNone.class)
  Duration warnWhenBehind();

  /** A site is flushed before its owner reads numbers, at most so often in each pod. */
  @WithDefault("1s")
  @WithConverter(Allowed.SomeTimeOrNone.class)
  Duration siteEvery();

  /** The longest an owner waits for that; then the numbers are those of the last flush. */
  @WithDefault("2s")
  @WithConverter(Allowed.SomeTimeOrNone.class)
  Duration siteWithin();
}
