package vn.luot.live;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import vn.luot.site.Period;
import vn.luot.site.Site;

/**
 * Redis's time, as the pod estimates it between answers. Redis's own clock decides what counts into
 * which hour; a wrong clock of the pod costs one more call, never a wrong hour.
 */
@Singleton
public class RedisClock {
  private final Clock clock;
  private final Map<ZoneId, Period> periods = new ConcurrentHashMap<>();
  private volatile long ahead;

  public RedisClock(Clock clock) {
    this.clock = clock;
  }

  /** The one place where the pod's own clock comes from. */
  @Produces
  @Singleton
  static Clock ofPod(
      @ConfigProperty(name = "luot.test.clock-offset", defaultValue = "0s") Duration offset) {
    // Wrong on purpose in tests only: Redis's clock decides, and this one may say what it likes.
    return Clock.offset(Clock.systemUTC(), offset);
  }

  /** Milliseconds of Unix time. */
  public long millis() {
    return clock.millis() + ahead;
  }

  /** The current hour and day of a site. */
  public Period period(Site site) {
    long now = millis();
    Period known = periods.get(site.zone());
    if (known != null && known.contains(now)) {
      return known;
    }
    Period period = Period.at(site.zone(), now);
    periods.put(site.zone(), period);
    return period;
  }

  public void learn(long redisMillis) {
    ahead = redisMillis - clock.millis();
  }
}
