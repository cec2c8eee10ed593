package vn.luot.live;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;

/**
 * Redis's time, as the pod estimates it between answers. Redis's own clock decides what counts into
 * which hour; a wrong clock of the pod costs one more call, never a wrong hour.
 */
@ApplicationScoped
public class RedisClock {
  private final Clock clock;
  private volatile long ahead;

  public RedisClock(Clock clock) {
    this.clock = clock;
  }

  /** Milliseconds of Unix time. */
  public long millis() {
    return clock.millis() + ahead;
  }

  void learn(long redisMillis) {
    ahead = redisMillis - clock.millis();
  }
}
