package vn.luot.live;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.time.Clock;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

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

  /** The one place where the pod's own clock comes from. */
  @Produces
  @ApplicationScoped
  static Clock ofPod(
      @ConfigProperty(name = "luot.test.clock-offset", defaultValue = "0s") Duration offset) {
    // Wrong on purpose in tests only: Redis's clock decides, and this one may say what it likes.
    return Clock.offset(Clock.systemUTC(), offset);
  }

  /** Milliseconds of Unix time. */
  public long millis() {
    return clock.millis() + ahead;
  }

  public void learn(long redisMillis) {
    ahead = redisMillis - clock.millis();
  }
}
