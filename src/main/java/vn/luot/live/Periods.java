package vn.luot.live;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import vn.luot.site.Period;
import vn.luot.site.Site;

/** The current hour and day of every time zone in use, by Redis's clock. */
@ApplicationScoped
public class Periods {
  private final RedisClock clock;
  private final Map<ZoneId, Period> current = new ConcurrentHashMap<>();

  Periods(RedisClock clock) {
    this.clock = clock;
  }

  public Period of(Site site) {
    long now = clock.millis();
    Period known = current.get(site.zone());
    if (known != null && known.contains(now)) {
      return known;
    }
    Period period = Period.at(site.zone(), now);
    current.put(site.zone(), period);
    return period;
  }
}
