package vn.luot.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two pods restarted in turn and in good order, as an upgrade does it. */
@ExtendWith(Deployed.class)
class RollingIT {
  private static final Load.Shape STEADY = new Load.Shape(48, 2_000);
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final long ENDS_WITHIN_MILLIS = 10_000;

  @Test
  @EnabledIfSystemProperty(named = "luot.faults.full", matches = "true")
  void restartsInGoodOrderAreNotSeenByClients(Deployment deployment) {
    int redis = deployment.redis.port();
    try (Pod other = deployment.anotherPod(redis, deployment.postgres.port());
        Run run =
            Run.unique("rollingRestarts", deployment, List.of(deployment.pod, other), STEADY)) {
      long slowest = 0;
      for (int i = 0; i < Sizes.RESTARTS; i++) {
        Pod stops = i % 2 == 0 ? deployment.pod : other;
        Pod stays = i % 2 == 0 ? other : deployment.pod;
        run.load.awaitMore(500, LIMIT);
        // What a balancer does first; hits on their way are still answered.
        run.load.sendTo(stays.port());
        long begin = System.nanoTime();
        stops.stop();
        slowest = Math.max(slowest, (System.nanoTime() - begin) / 1_000_000);
        stops.start();
        stops.awaitSite(run.site().slug());
        run.load.sendTo(stays.port(), stops.port());
      }
      run.figure("restarts", Sizes.RESTARTS);
      run.figure("slowestEndMillis", slowest);
      run.judge().assertExactlyOnce();
      assertEquals(run.load.sent(), run.load.tally.ok.get());
      assertTrue(slowest <= ENDS_WITHIN_MILLIS, "a pod took " + slowest + " ms to end");
    }
  }
}
