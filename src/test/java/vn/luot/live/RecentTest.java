package vn.luot.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import vn.luot.visitor.SplitMix64;

class RecentTest {
  private final AtomicLong nanos = new AtomicLong();
  private final Recent recent = new Recent(100, Duration.ofSeconds(10), nanos::get);

  private static long hash(int number) {
    return SplitMix64.of((1L << 32) + number);
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Test
  void whatWasPutIsKnownForHalfTheLifetimeAtLeast() {
    pass(Duration.ofSeconds(4));
    recent.put(hash(1), 11);
    pass(Duration.ofMillis(5_900));
    assertEquals(11, recent.get(hash(1)));
  }

  @Test
  void nothingIsKnownBeyondTheLifetime() {
    recent.put(hash(1), 11);
    pass(Duration.ofMillis(9_999));
    assertEquals(11, recent.get(hash(1)));
    pass(Duration.ofMillis(1));
    assertEquals(Recent.ABSENT, recent.get(hash(1)));
  }

  @Test
  void aLongSilenceForgetsEverything() {
    recent.put(hash(1), 11);
    pass(Duration.ofHours(1));
    assertEquals(Recent.ABSENT, recent.get(hash(1)));
  }

  @Test
  void noMoreThanTheLimitIsKept() {
    IntStream.range(0, 1_000).forEach(i -> recent.put(hash(i), i));
    long kept = IntStream.range(0, 1_000).filter(i -> recent.get(hash(i)) == i).count();
    assertTrue(kept <= 100, kept + " kept");
    assertEquals(999, recent.get(hash(999)));
  }

  @Test
  void whatIsForgottenLeavesNothingBehindHoweverMuchItWas() {
    Recent many = new Recent(2_000_000, Duration.ofSeconds(10), nanos::get);
    for (int turn = 0; turn < 30; turn++) {
      int size = turn % 7 == 0 ? 20_000 : 10;
      for (int i = 0; i < size; i++) {
        many.put(hash(100_000 * turn + i), turn);
      }
      for (int i = 0; i < size; i++) {
        assertEquals(turn, many.get(hash(100_000 * turn + i)));
      }
      for (int i = 0; i < 20_000; i++) {
        assertEquals(Recent.ABSENT, many.get(hash(100_000 * (turn - 2) + i)));
      }
      pass(Duration.ofSeconds(5));
    }
  }

  @Test
  void itIsWhatAMapOfObjectsWouldBe() {
    Recent many = new Recent(2_000_000, Duration.ofHours(1), nanos::get);
    Map<Long, Long> reference = new HashMap<>();
    Random random = new Random(3);
    for (int i = 0; i < 300_000; i++) {
      // Among them 0, neighbours, and hashes that end alike.
      long hash = random.nextInt(3) == 0 ? random.nextInt(1000) : hash(random.nextInt(100_000));
      many.put(hash, i);
      reference.put(hash, (long) i);
    }
    many.put(hash(1) << 20, 5);
    reference.put(hash(1) << 20, 5L);
    reference.forEach((hash, value) -> assertEquals(value, many.get(hash)));
    assertEquals(reference.size(), many.size());
    assertEquals(Recent.ABSENT, many.get(hash(-1)));
  }
}
