package vn.luot.live;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import vn.luot.visitor.Visitor;

/**
 * Whom this pod reported to Redis a moment ago, and need not report again. Only what Redis
 * acknowledged is remembered: a visit whose beginning was lost must begin again.
 */
@ApplicationScoped
public class SeenVisitors {
  private static final int MOST = 200_000;

  private final Epochs epochs;

  /** By id, which is another on each site. */
  private final Recent<Long, Seen> seen;

  /** {@code viewing}: a heartbeat makes no visit. */
  private record Seen(long epoch, boolean viewing) {}

  SeenVisitors(LiveConfig config, Epochs epochs) {
    this.epochs = epochs;
    this.seen = new Recent<>(MOST, config.seenAgainAfter());
  }

  /** Whether the visitor's hit or heartbeat adds nothing to what was reported. */
  public boolean contains(int site, Visitor visitor, boolean viewing) {
    Seen known = seen.get(visitor.id());
    return known != null
        && known.epoch == epochs.of(Keys.bucket(site))
        && (known.viewing || !viewing);
  }

  public void add(SiteHits hits, long epoch) {
    Seen viewing = new Seen(epoch, true);
    Seen present = new Seen(epoch, false);
    for (Map.Entry<Visitor, Integer> visitor : hits.visitors.entrySet()) {
      seen.put(visitor.getKey().id(), visitor.getValue() > 0 ? viewing : present);
    }
  }
}
