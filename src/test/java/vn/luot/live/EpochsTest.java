package vn.luot.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.HashSet;
import org.junit.jupiter.api.Test;
import vn.luot.live.redis.Keys;
import vn.luot.live.redis.RedisTopology;
import vn.luot.site.Installation;

class EpochsTest {
  private static final int SITE = 5;
  private static final int ITS_NEIGHBOUR = SITE + Keys.BUCKETS;
  private static final int OTHER = 6;

  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

  private Epochs on(String clientType) {
    return new Epochs(new RedisTopology(clientType), new Installation(), metrics);
  }

  private double opened() {
    return metrics.counter("luot.epochs.opened").count();
  }

  @Test
  void oneRedisHasOneEpoch() {
    Epochs epochs = on("standalone");
    epochs.learn(SITE, 7, 3, 7);
    assertEquals(7, epochs.of(OTHER));
    assertEquals(3, epochs.before(OTHER));
    assertEquals(epochs.key(SITE), epochs.key(OTHER));
    assertEquals(1, epochs.keys().size());
  }

  @Test
  void inAClusterEachBucketHasItsOwn() {
    Epochs epochs = on("cluster");
    epochs.learn(SITE, 7, 3, 7);
    assertEquals(7, epochs.of(ITS_NEIGHBOUR));
    assertEquals(Epochs.UNKNOWN, epochs.of(OTHER));
    assertEquals(Epochs.UNKNOWN, epochs.before(OTHER));
    assertEquals("luot{5}:epoch", epochs.key(ITS_NEIGHBOUR));
    assertEquals(Keys.BUCKETS, new HashSet<>(epochs.keys()).size());
  }

  @Test
  void anEpochCountsAsOpenedByWhoOfferedItsNumber() {
    Epochs epochs = on("standalone");
    epochs.learn(SITE, 7, 3, 7);
    epochs.learn(SITE, 7, 3, 7);
    epochs.learn(SITE, 9, 7, 8);
    assertEquals(1, opened());
    assertEquals(2, epochs.changes());
  }
}
