package vn.luot.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A pod killed between any two steps of a hit and of a flush. */
@ExtendWith(Deployed.class)
@AtFullSize
class KillPointsIT {
  private static final Load.Shape STEADY = new Load.Shape(16, 500);
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @Test
  void aPodMayDieBetweenAnyTwoSteps(Deployment deployment) throws InterruptedException {
    List<KillPoint> points = List.of(KillPoint.values());
    try (Wire redis = Wire.to(deployment.redis.port());
        Wire postgres = Wire.to(deployment.postgres.port());
        // Prepared once, a statement would be known by a name from then on.
        Pod pod =
            deployment.anotherPod(
                redis.port(),
                postgres.port(),
                Map.of("QUARKUS_DATASOURCE_REACTIVE_CACHE_PREPARED_STATEMENTS", "false"));
        Run run = Run.unique("killPoints", deployment, pod, STEADY)) {
      // The other pod would do the flushes.
      deployment.pod.stop();
      for (KillPoint point : points) {
        run.load.awaitMore(200);
        CountDownLatch killed = new CountDownLatch(1);
        Wire wire = point.store == KillPoint.Of.REDIS ? redis : postgres;
        point.arm(
            wire,
            () -> {
              pod.kill();
              killed.countDown();
            });
        assertTrue(killed.await(LIMIT.toSeconds(), TimeUnit.SECONDS), point + " was not reached");
        pod.start();
        pod.awaitSite(run.site().slug());
      }
      run.load.awaitMore(200);
      run.figure("killPoints", points.toString());
      run.judge().assertExactlyOnce();
      assertEquals(0, run.load.tally.otherwise.get());
    }
  }
}
