package vn.luot.quarantine;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import vn.luot.live.SiteNumbers;
import vn.luot.quarantine.UsualViews.UsualRate;
import vn.luot.site.Site;

/**
 * Tells views that come far faster than is usual for their site, from what Redis answers to hits
 * anyway: no call of a store decides about a hit. Nothing is judged while Redis is down.
 */
@Singleton
public class Bursts {
  private final UsualViews usual;

  /** One entry a site that keeps bursts apart, so the registry bounds what is kept. */
  private final Map<Integer, Meter> meters = new ConcurrentHashMap<>();

  Bursts(UsualViews usual, MeterRegistry metrics) {
    this.usual = usual;
    metrics.gauge("luot.sites.bursting", meters, Bursts::bursting);
  }

  private static double bursting(Map<Integer, Meter> meters) {
    long now = System.nanoTime();
    return meters.values().stream().filter(meter -> meter.isBurst(now)).count();
  }

  /** Null where the site's views come as usual, or it keeps nothing apart. */
  public @Nullable Suspicion of(Site site) {
    if (!site.watchesBursts()) {
      return null;
    }
    Meter meter = meters.get(site.id());
    long now = System.nanoTime();
    return meter == null || !meter.isWatched(now)
        ? null
        : new Suspicion(site.quarantine(), meter.isBurst(now));
  }

  /** {@code apart} are the numbers of the quarantine; null where they were not asked for. */
  public void answered(Site site, SiteNumbers counted, @Nullable SiteNumbers apart) {
    UsualRate known = usual.known(site.id(), site.zone());
    double most =
        known == null
            ? 0
            : known.mostPerMinute(
                site.rules().quarantineFactor(), site.rules().quarantineAbovePerMinute());
    if (most == 0) {
      meters.remove(site.id());
      return;
    }
    long now = System.nanoTime();
    Meter meter = meters.computeIfAbsent(site.id(), id -> new Meter(now));
    if (meter.observed(counted, apart, most, now)) {
      tell(site, meter.isBurst(now), most);
    }
  }

  private static void tell(Site site, boolean begun, double most) {
    if (begun) {
      Log.warnf("Views of %s come faster than %.0f a minute: quarantined", site.slug(), most);
    } else {
      Log.infof("Views of %s come as usual again", site.slug());
    }
  }

  /**
   * What a hit of a site is told whose views come fast.
   *
   * @param quarantine what the views of a burst count into
   * @param burst whether there is one: if not, its number of views is only to be looked at, since
   *     other pods may have begun to count into it
   */
  public record Suspicion(Site quarantine, boolean burst) {}
}
