package vn.luot.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/** Pods whose clocks are wrong by an hour either way, while a site's day ends. */
@ExtendWith(Deployed.class)
class ClocksIT {
  private static final Load.Shape STEADY = new Load.Shape(16, 300);
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** From when the load begins, as far as that can be foreseen. */
  private static final int SECONDS_TO_MIDNIGHT = 15;

  @Test
  @EnabledIfSystemProperty(named = "luot.faults.full", matches = "true")
  void wrongClocksOfPodsAndMidnightPutNoHitIntoAWrongDay(Deployment deployment) {
    try (Pod fast = pod(deployment, "1h");
        Pod slow = pod(deployment, "-PT1H")) {
      fast.awaitStarted();
      slow.awaitStarted();
      Instant midnight = Instant.now().plusSeconds(SECONDS_TO_MIDNIGHT);
      FreshSite site = FreshSite.register(deployment.database, zoneWithMidnightAt(midnight));
      try (Run run = Run.unique("wrongClocks", deployment, List.of(fast, slow), STEADY, site)) {
        while (Instant.now().isBefore(midnight.plusSeconds(3))) {
          run.load.awaitMore(100, LIMIT);
        }
        run.judge().assertExactlyOnce();
        assertEquals(0, run.load.tally.otherwise.get() + run.load.tally.refused.get());
        assertDaysAreRight(deployment, site, midnight);
      }
    }
  }

  private static Pod pod(Deployment deployment, String offset) {
    return deployment.anotherPod(
        deployment.redis.port(),
        deployment.postgres.port(),
        Map.of("LUOT_TEST_CLOCK_OFFSET", offset));
  }

  /** To the second: an offset may have them. */
  private static ZoneOffset zoneWithMidnightAt(Instant instant) {
    int second = LocalTime.ofInstant(instant, ZoneOffset.UTC).toSecondOfDay();
    int untilMidnight = 86_400 - second;
    return ZoneOffset.ofTotalSeconds(
        untilMidnight <= 18 * 3_600 ? untilMidnight : untilMidnight - 86_400);
  }

  /** Both days have hits, each in hours of its own, and every page is in one of them. */
  private static void assertDaysAreRight(Deployment deployment, FreshSite site, Instant midnight) {
    String of = " FROM hourly_views WHERE site_id = " + site.id();
    assertEquals(2, deployment.database.number("SELECT count(DISTINCT day)" + of));
    String begins = "to_timestamp(" + midnight.getEpochSecond() + ")";
    assertEquals(
        0,
        deployment.database.number(
            "SELECT count(*)"
                + of
                + " AND (hour >= "
                + begins
                + ") <> (day = (SELECT max(day)"
                + of
                + "))"));
    assertEquals(
        0,
        deployment.database.number(
            "SELECT count(*)" + of + " AND hour > now() + interval '1 minute'"));
    assertTrue(
        deployment.database.number(
                "SELECT count(*) FROM (SELECT page FROM page_views WHERE site_id = %d GROUP BY 1 HAVING count(DISTINCT day) > 1) AS twice"
                    .formatted(site.id()))
            == 0);
  }
}
