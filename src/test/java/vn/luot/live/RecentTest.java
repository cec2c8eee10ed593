package vn.luot.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecentTest {
  private final AtomicLong nanos = new AtomicLong();
  private final Recent<Integer, String> recent =
      new Recent<>(100, Duration.ofSeconds(10), nanos::get);

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Test
  void whatWasPutIsKnownForHalfTheLifetimeAtLeast() {
    pass(Duration.ofSeconds(4));
    recent.put(1, "one");
    pass(Duration.ofMillis(5_900));
    assertEquals("one", recent.get(1));
  }

  @Test
  void nothingIsKnownBeyondTheLifetime() {
    recent.put(1, "one");
    pass(Duration.ofMillis(9_999));
    assertEquals("one", recent.get(1));
    pass(Duration.ofMillis(1));
    assertNull(recent.get(1));
  }

  @Test
  void aLongSilenceForgetsEverything() {
    recent.put(1, "one");
    pass(Duration.ofHours(1));
    assertNull(recent.get(1));
  }

  @Test
  void noMoreThanTheLimitIsKept() {
    IntStream.range(0, 1_000).forEach(i -> recent.put(i, "some"));
    long kept = IntStream.range(0, 1_000).filter(i -> recent.get(i) != null).count();
    assertTrue(kept <= 100, kept + " kept");
    assertEquals("some", recent.get(999));
  }

  @Test
  void whatIsSharedLastsAsLongAsItIsAskedFor() {
    for (int i = 0; i < 20; i++) {
      String value = "made after " + i * 4 + " s";
      assertEquals("made after 0 s", recent.share(1, () -> value));
      pass(Duration.ofSeconds(4));
    }
    pass(Duration.ofSeconds(10));
    assertEquals("made anew", recent.share(1, () -> "made anew"));
    assertEquals(1, recent.size());
  }
}
