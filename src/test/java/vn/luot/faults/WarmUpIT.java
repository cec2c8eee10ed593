package vn.luot.faults;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import vn.luot.standalone.Artifact;

/** What a pod sends itself before it is ready. */
@ExtendWith(Deployed.class)
class WarmUpIT {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  @Test
  void theFirstHitThatAPodTakesIsCounted(Deployment deployment) {
    FreshSite site = FreshSite.register(deployment.database);
    // However busy the machine is.
    Map<String, String> patient =
        Map.of("LUOT_SITES_COPY_AFTER", "2m", "LUOT_LIVE_ANSWER_WITHIN", "15s");
    try (Pod pod = deployment.anotherPod(patient)) {
      int first =
          await("open port")
              .atMost(LIMIT)
              .pollInterval(Duration.ofMillis(10))
              .ignoreExceptions()
              .until(() -> Hit.send(pod, site), status -> status > 0);
      assertEquals(200, first);
    }
  }

  @Test
  void aPodIsReadyAfterItsOwnHitsWhichCountNothing(Deployment deployment) {
    assumeFalse(Artifact.in(Path.of("target")).isNative(), "it has nothing to load or compile");
    // All of them, however busy the machine is.
    Map<String, String> patient =
        Map.of("LUOT_LIVE_WARM_UP", "2m", "LUOT_LIVE_ANSWER_WITHIN", "15s");
    int redis = deployment.redis.port();
    try (Pod pod = deployment.anotherPod(redis, deployment.postgres.port(), patient)) {
      await("ready")
          .atMost(LIMIT)
          .ignoreExceptions()
          .until(() -> Hit.ready(pod).startsWith("200 "));
      String ready = Hit.ready(pod);
      assertTrue(ready.contains("\"hits\": 3000"), ready);
      assertEquals(0, pod.metric("luot_hits_received_total"));
      assertEquals(List.of(), RedisCommand.list(redis, "KEYS", "luot{0}:0:*"));
      assertEquals(
          0, deployment.database.number("SELECT count(*) FROM page_views WHERE site_id = 0"));
    }
  }
}
