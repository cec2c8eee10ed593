package vn.luot.quarantine;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;
import vn.luot.live.SiteNumbers;
import vn.luot.register.SiteDay;

/** Time is a number here: no test waits. */
class MeterTest {
  private static final double MOST = 60;
  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private static final LocalDate DAY = LocalDate.of(2026, 11, 20);

  private final Meter meter = new Meter(0);
  private long now;
  private long counted;
  private long apart;

  private static SiteNumbers numbers(long epoch, long views) {
    return new SiteNumbers(new SiteDay(epoch, 1, DAY), null, views, 0, Map.of());
  }

  /** So many views a second, for some seconds, counted by whichever pods. */
  private void come(int perSecond, int seconds) {
    for (int i = 0; i < seconds; i++) {
      now += SECOND;
      counted += perSecond;
      meter.observed(numbers(1, counted), null, MOST, now);
    }
  }

  private void comeApart(int perSecond, int seconds) {
    for (int i = 0; i < seconds; i++) {
      now += SECOND;
      apart += perSecond;
      meter.observed(numbers(1, counted), numbers(1, apart), MOST, now);
    }
  }

  @Test
  void asManyAsAreNoBurstNeverAre() {
    come(1, 3600);
    assertFalse(meter.isBurst(now));
  }

  @Test
  void aWaveOfReadersIsNoBurst() {
    come(20, 3);
    assertFalse(meter.isBurst(now));
    come(0, 55);
    come(20, 3);
    assertFalse(meter.isBurst(now));
  }

  @Test
  void tenTimesAsManyAreABurstWithinSeconds() {
    come(10, 8);
    assertTrue(meter.isBurst(now));
  }

  @Test
  void aBurstLastsWhileItsViewsAreKeptApart() {
    come(10, 10);
    comeApart(10, 600);
    assertTrue(meter.isBurst(now));
  }

  @Test
  void aBurstEndsAfterTwoQuietMinutes() {
    come(10, 60);
    come(0, 119);
    assertTrue(meter.isBurst(now));
    come(0, 2);
    assertFalse(meter.isBurst(now));
  }

  @Test
  void aBurstEndsAlsoWhereNothingIsAnsweredAnyMore() {
    come(10, 60);
    assertTrue(meter.isBurst(now + 119 * SECOND));
    assertFalse(meter.isBurst(now + 121 * SECOND));
    assertFalse(meter.isWatched(now + 121 * SECOND));
  }

  @Test
  void whatGrewInALongTimeIsNoBurst() {
    come(1, 10);
    now += 3600 * SECOND;
    counted += 3600;
    meter.observed(numbers(1, counted), null, MOST, now);
    assertFalse(meter.isBurst(now));
    now += 50 * SECOND;
    counted += 100;
    meter.observed(numbers(1, counted), null, MOST, now);
    assertFalse(meter.isBurst(now));
  }

  @Test
  void anotherEpochBeginsAnew() {
    come(1, 10);
    meter.observed(numbers(2, 100_000), null, MOST, now + SECOND);
    assertFalse(meter.isBurst(now + SECOND));
  }

  @Test
  void answersThatOvertakeEachOtherAddNothing() {
    come(1, 10);
    for (int i = 0; i < 1000; i++) {
      meter.observed(numbers(1, counted - i % 10), null, MOST, now - i % 10 * SECOND);
    }
    assertFalse(meter.isBurst(now));
  }

  @Test
  void whatIsFastIsWatchedBeforeItIsABurst() {
    come(10, 3);
    assertFalse(meter.isWatched(now));
    come(10, 2);
    assertTrue(meter.isWatched(now));
    assertFalse(meter.isBurst(now));
  }

  @Test
  void aPodThatOnlySeesOthersKeepApartJoinsThem() {
    come(10, 4);
    comeApart(10, 8);
    assertTrue(meter.isBurst(now));
  }
}
