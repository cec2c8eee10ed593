package vn.luot.flush;

import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import vn.luot.connection.Unis;
import vn.luot.flush.day.FlushConfig;
import vn.luot.live.RedisClock;

/**
 * Flushes one site before its numbers are read, so that they include every hit answered until then.
 * Flushes are harmless together; those of one site are shared by everybody who asks within a second
 * because they cost work. One entry a site, so the registry bounds what is kept.
 */
@Singleton
public class SiteFlush {
  private final Flusher flusher;
  private final FlushVotes votes;
  private final FlushMetrics metrics;
  private final FlushConfig config;
  private final RedisClock clock;
  private final Map<Integer, Shared> shared = new ConcurrentHashMap<>();

  SiteFlush(
      Flusher flusher,
      FlushVotes votes,
      FlushMetrics metrics,
      FlushConfig config,
      RedisClock clock) {
    this.flusher = flusher;
    this.votes = votes;
    this.metrics = metrics;
    this.config = config;
    this.clock = clock;
  }

  private record Shared(Uni<Instant> done, long at) {}

  /**
   * The moment since when PostgreSQL is complete: now, or that of the last whole flush where this
   * one fails or takes too long; null where that is not known either. Never fails.
   */
  public Uni<Instant> flush(int site) {
    long now = System.nanoTime();
    return shared.compute(
            site,
            (id, last) ->
                last != null && now - last.at < config.siteEvery().toNanos()
                    ? last
                    : new Shared(flushNow(site), now))
        .done;
  }

  private Uni<Instant> flushNow(int site) {
    long begin = clock.millis();
    return flusher
        .flush(site)
        .map(done -> Instant.ofEpochMilli(begin))
        .plug(Unis.within(config.siteWithin()))
        .onFailure()
        .invoke(e -> Log.debugf("Site %d is read as it was flushed last: %s", site, e))
        .onFailure()
        .recoverWithItem(this::lastFlushed)
        .memoize()
        .indefinitely();
  }

  private Instant lastFlushed() {
    long millis = metrics.flushedAt();
    return millis == 0 ? null : Instant.ofEpochMilli(millis);
  }

  /** Shows the rating as PostgreSQL has it; at the next flush where votes wait for one. */
  public Uni<Void> settle(int site, long page) {
    return votes.settle(site, page);
  }
}
