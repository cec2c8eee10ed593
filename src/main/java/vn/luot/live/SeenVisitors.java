package vn.luot.live;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import vn.luot.visitor.Visitor;

/**
 * Whom this pod reported to Redis a moment ago, and need not report again. Only what Redis
 * acknowledged is remembered: a visit whose beginning was lost must begin again.
 */
@ApplicationScoped
public class SeenVisitors {
  private static final int MOST = 100_000;

  private record Seen(long epoch, String visitor) {}

  private final Epochs epochs;

  /** The value tells whether the visitor was viewing; a heartbeat makes no visit. */
  private final Cache<Seen, Boolean> seen;

  SeenVisitors(LiveConfig config, Epochs epochs) {
    this.epochs = epochs;
    seen =
        Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(config.seenAgainAfter()).build();
  }

  /** Whether the visitor's hit or heartbeat adds nothing to what was reported. */
  public boolean contains(int site, Visitor visitor, boolean viewing) {
    Boolean known = seen.getIfPresent(new Seen(epochs.of(Keys.bucket(site)), visitor.id()));
    return known != null && (known || !viewing);
  }

  public void add(SiteHits hits, long epoch) {
    for (Map.Entry<Visitor, Integer> visitor : hits.visitors.entrySet()) {
      seen.put(new Seen(epoch, visitor.getKey().id()), visitor.getValue() > 0);
    }
  }
}
