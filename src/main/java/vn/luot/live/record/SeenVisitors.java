package vn.luot.live.record;

import jakarta.inject.Singleton;
import java.util.Map;
import vn.luot.live.Epochs;
import vn.luot.live.Recent;
import vn.luot.live.redis.LiveConfig;
import vn.luot.visitor.Sender.Visitor;

/**
 * Whom this pod reported to Redis a moment ago, and need not report again. Only what Redis
 * acknowledged is remembered: a visit whose beginning was lost must begin again.
 */
@Singleton
public class SeenVisitors {
  private static final int MOST = 200_000;

  private final Epochs epochs;

  /** By id, which is another on each site: the epoch, and whether it was a view. */
  private final Recent seen;

  SeenVisitors(LiveConfig config, Epochs epochs) {
    this.epochs = epochs;
    this.seen = new Recent(MOST, config.seenAgainAfter());
  }

  /** Whether the visitor's hit or heartbeat adds nothing to what was reported. */
  public boolean contains(int site, Visitor visitor, boolean viewing) {
    long known = seen.get(visitor.id());
    long epoch = epochs.of(site);
    return known == as(epoch, true) || !viewing && known == as(epoch, false);
  }

  public void add(SiteHits hits, long epoch) {
    for (Map.Entry<Visitor, SiteHits.Seen> visitor : hits.visitors.entrySet()) {
      seen.put(visitor.getKey().id(), as(epoch, visitor.getValue().first > 0));
    }
  }

  /** A heartbeat makes no visit. */
  private static long as(long epoch, boolean viewing) {
    return epoch << 1 | (viewing ? 1 : 0);
  }
}
