package vn.luot.live;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import vn.luot.live.redis.Keys;
import vn.luot.live.redis.RedisTopology;
import vn.luot.site.Installation;
import vn.luot.visitor.SplitMix64;

/**
 * The epoch as far as this pod knows; scripts say when it is another. In a cluster each bucket has
 * its own, since each may be on another Redis.
 */
@Singleton
public class Epochs {
  /** No epoch has this number: a guess of it is corrected by the first call. */
  public static final long UNKNOWN = 0;

  // 48 bits: exact in Lua's numbers, short in key names, and epochs are few.
  private static final long MASK = (1L << 48) - 1;

  /** By bucket, or in the first place that of the one Redis. */
  private final AtomicReferenceArray<Known> known = new AtomicReferenceArray<>(Keys.BUCKETS);

  private final AtomicLong random = new AtomicLong(new SecureRandom().nextLong());
  private final RedisTopology topology;
  private final Installation installation;
  private final Counter opened;
  private final AtomicInteger changes = new AtomicInteger();

  Epochs(RedisTopology topology, Installation installation, MeterRegistry metrics) {
    this.installation = installation;
    this.topology = topology;
    opened = metrics.counter("luot.epochs.opened");
  }

  /** The key of a site's epoch. */
  public String key(int site) {
    return topology.isCluster() ? Keys.epoch(Keys.bucket(site)) : Keys.epoch();
  }

  /** Whose epochs these are; a script begins none for a Redis that bears another name. */
  public String installation() {
    return installation.id();
  }

  /** The keys of all epochs. */
  public List<String> keys() {
    return topology.isCluster() ? Keys.ofAllBuckets(Keys::epoch) : List.of(Keys.epoch());
  }

  public long of(int site) {
    return known(site).epoch;
  }

  /** The epoch before, some of which may not be flushed yet. */
  public long before(int site) {
    return known(site).before;
  }

  private record Known(long epoch, long before) {
    static final Known NOTHING = new Known(UNKNOWN, 0);
  }

  private Known known(int site) {
    return Objects.requireNonNullElse(known.get(topology.part(site)), Known.NOTHING);
  }

  /**
   * A number for an epoch that a script, or a pod without Redis, may open. SplitMix64 from a seed
   * that nobody shares: a draw from the secure source was 1 % of a hit.
   */
  public long fresh() {
    return (SplitMix64.of(random.addAndGet(0x9E3779B97F4A7C15L)) & MASK) | 1;
  }

  /** {@code offered} is the fresh number the script was given to open one, if any. */
  public void learn(int site, long epoch, long before, long offered) {
    Known now = new Known(epoch, before);
    Known last = known(site);
    if (now.equals(last)) {
      return;
    }
    known.set(topology.part(site), now);
    if (last.epoch != epoch) {
      changes.incrementAndGet();
      if (epoch == offered && epoch != UNKNOWN) {
        opened.increment();
      }
    }
  }

  /** Grows whenever an epoch is learnt: what was remembered of Redis before may be gone from it. */
  public int changes() {
    return changes.get();
  }
}
