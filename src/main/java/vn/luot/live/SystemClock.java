package vn.luot.live;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.time.Clock;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The one place where the pod's own clock comes from. */
class SystemClock {
  @Produces
  @ApplicationScoped
  Clock clock(
      @ConfigProperty(name = "luot.test.clock-offset", defaultValue = "0s") Duration offset) {
    // Wrong on purpose in tests only: Redis's clock decides, and this one may say what it likes.
    return Clock.offset(Clock.systemUTC(), offset);
  }
}
