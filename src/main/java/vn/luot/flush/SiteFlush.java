package vn.luot.flush;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import vn.luot.connection.Unis;
import vn.luot.flush.day.FlushConfig;
import vn.luot.live.RedisClock;

/**
 * Flushes one site before its numbers are read, so that they include every hit answered until then.
 * Flushes are harmless together; those of one site are shared by everybody who asks within a
 * second, and until they have ended, because they cost work and connections.
 */
@Singleton
public class SiteFlush {
  private static final int MOST_SITES = 10_000;

  private final Flusher flusher;
  private final FlushVotes votes;
  private final FlushMetrics metrics;
  private final FlushConfig config;
  private final RedisClock clock;
  private final Cache<Integer, Uni<Instant>> shared;
  private final Map<Integer, Uni<Instant>> running = new ConcurrentHashMap<>();

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
    this.shared =
        Caffeine.newBuilder().maximumSize(MOST_SITES).expireAfterWrite(config.siteEvery()).build();
  }

  /**
   * The moment since when PostgreSQL is complete: now, or that of the last whole flush where this
   * one fails or takes too long; null where that is not known either. Never fails.
   */
  public Uni<Instant> flush(int site) {
    return shared.get(site, this::flushNow);
  }

  private Uni<Instant> flushNow(int site) {
    return running
        .computeIfAbsent(site, this::begin)
        .plug(Unis.within(config.siteWithin()))
        .onFailure()
        .invoke(e -> Log.debugf("Site %d is read as it was flushed last: %s", site, e))
        .onFailure()
        .recoverWithItem(this::lastFlushed)
        .memoize()
        .indefinitely();
  }

  /** Goes on when nobody waits for it any more. */
  private Uni<Instant> begin(int site) {
    return Uni.createFrom()
        .item(() -> Instant.ofEpochMilli(clock.millis()))
        .call(begin -> flusher.flush(site))
        .onTermination()
        .invoke(() -> running.remove(site))
        .memoize()
        .indefinitely();
  }

  private @Nullable Instant lastFlushed() {
    long millis = metrics.flushedAt();
    return millis == 0 ? null : Instant.ofEpochMilli(millis);
  }

  /** Shows the rating as PostgreSQL has it; at the next flush where votes wait for one. */
  public Uni<Void> settle(int site, long page) {
    return votes.settle(site, page);
  }
}
