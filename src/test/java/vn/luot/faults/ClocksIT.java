package vn.luot.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import vn.luot.standalone.Artifact;

/** Pods whose clocks are wrong by an hour either way, while a site's day ends. */
@ExtendWith(Deployed.class)
class ClocksIT {
  private static final Load.Shape STEADY = new Load.Shape(16, 300);

  /** From when the load begins, as far as that can be foreseen. */
  private static final int SECONDS_TO_MIDNIGHT = 15;

  @Test
  @AtFullSize
  void wrongClocksOfPodsAndMidnightPutNoHitIntoAWrongDay(Deployment deployment) {
    try (Pod fast = pod(deployment, "1h", List.of());
        Pod slow = pod(deployment, "-PT1H", List.of())) {
      fast.awaitStarted();
      slow.awaitStarted();
      Instant midnight = Instant.now().plusSeconds(SECONDS_TO_MIDNIGHT);
      FreshSite site =
          FreshSite.register(deployment.database, ChangingZones.midnightAt(midnight).getId());
      try (Run run = Run.unique("wrongClocks", deployment, List.of(fast, slow), STEADY, site)) {
        while (Instant.now().isBefore(midnight.plusSeconds(3))) {
          run.load.awaitMore(100);
        }
        run.judge().assertExactlyOnce();
        assertEquals(0, run.load.tally.otherwise.get() + run.load.tally.refused.get());
        assertDaysAreRight(deployment, site, midnight);
      }
    }
  }

  /** For one site a day begins at half past midnight, the other's day lasts for an hour more. */
  @Test
  @AtFullSize
  void clocksThatGoForwardOrBackPutEveryHitIntoOneHourOfOneDay(Deployment deployment)
      throws IOException {
    assumeFalse(Artifact.in(Path.of("target")).isNative(), "zones come from the JVM's boot path");
    Instant first = Instant.now().plusSeconds(SECONDS_TO_MIDNIGHT);
    List<String> zones = ChangingZones.options(deployment.directory.resolve("zones"), first);
    try (Pod fast = pod(deployment, "1h", zones);
        Pod slow = pod(deployment, "-PT1H", zones)) {
      fast.awaitStarted();
      slow.awaitStarted();
      Instant change = ChangingZones.next(first, SECONDS_TO_MIDNIGHT);
      FreshSite forward = FreshSite.register(deployment.database, ChangingZones.forward(change));
      FreshSite back = FreshSite.register(deployment.database, ChangingZones.back(change));
      List<Pod> pods = List.of(fast, slow);
      try (Run summer = Run.unique("clocksForward", deployment, pods, STEADY, forward);
          Run winter = Run.unique("clocksBack", deployment, pods, STEADY, back)) {
        while (Instant.now().isBefore(change.plusSeconds(3))) {
          summer.load.awaitMore(100);
          winter.load.awaitMore(100);
        }
        winter.judge().assertExactlyOnce();
        summer.judge().assertExactlyOnce();
      }
      assertDaysAreRight(deployment, forward, change);
      assertEquals("1 1800", daysAndSecondsBetweenHours(deployment, back));
      assertEquals("2 1800", daysAndSecondsBetweenHours(deployment, forward));
      assertPagesAreInOneDay(deployment, back);
    }
  }

  private static String daysAndSecondsBetweenHours(Deployment deployment, FreshSite site) {
    return deployment.database.table(
        "SELECT count(DISTINCT day), extract(epoch FROM max(hour) - min(hour))::int"
            + " FROM hourly_views WHERE site_id = "
            + site.id());
  }

  private static Pod pod(Deployment deployment, String offset, List<String> jvmOptions) {
    return deployment.anotherPod(Map.of("LUOT_TEST_CLOCK_OFFSET", offset), jvmOptions);
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
    assertPagesAreInOneDay(deployment, site);
  }

  private static void assertPagesAreInOneDay(Deployment deployment, FreshSite site) {
    assertEquals(
        0,
        deployment.database.number(
            "SELECT count(*) FROM (SELECT page FROM page_views WHERE site_id = %d GROUP BY 1 HAVING count(DISTINCT day) > 1) AS twice"
                .formatted(site.id())));
  }
}
