package vn.luot.live.record;

import java.time.Duration;
import vn.luot.live.redis.LiveConfig;

/** Limits low enough for a test to reach. */
record Limits(int newPagesPerMinute, int referrersPerDay, int viewsRemembered)
    implements LiveConfig {
  static final Limits WIDE = new Limits(0, 500, 1000);

  @Override
  public Duration warmUp() {
    return Duration.ZERO;
  }

  @Override
  public Duration answerWithin() {
    return Duration.ofSeconds(1);
  }

  @Override
  public String keyPrefix() {
    return "luot";
  }

  @Override
  public int batchSize() {
    return 500;
  }

  @Override
  public int batchesAtOnce() {
    return 1;
  }

  @Override
  public int batchBeside() {
    return 1;
  }

  @Override
  public int queueSize() {
    return 500;
  }

  @Override
  public Duration seenAgainAfter() {
    return Duration.ZERO;
  }

  @Override
  public int pagesPerDay() {
    return 1000;
  }

  @Override
  public int visitorsPresent() {
    return 1000;
  }

  @Override
  public int namedPages() {
    return 10;
  }

  @Override
  public Duration writerMemory() {
    return Duration.ofMinutes(1);
  }

  @Override
  public Duration watchEvery() {
    return Duration.ofMinutes(1);
  }
}
