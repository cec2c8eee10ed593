package vn.luot.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One of two pods killed again and again, at whatever it was doing. */
@ExtendWith(Deployed.class)
class PodKillsIT {
  private static final Load.Shape STEADY = new Load.Shape(48, 2_000);
  private static final long RECOVERED_WITHIN_MILLIS = Sizes.FULL ? 10_000 : 30_000;

  @Test
  void killingOneOfTwoPodsNeitherLosesNorDoublesAHit(Deployment deployment) {
    int redis = deployment.redis.port();
    try (Pod other = deployment.anotherPod(redis, deployment.postgres.port());
        Run run = Run.unique("killedPods", deployment, List.of(deployment.pod, other), STEADY)) {
      long slowest = 0;
      for (int i = 0; i < Sizes.POD_KILLS; i++) {
        run.load.awaitMore(500);
        Pod victim = i % 2 == 0 ? deployment.pod : other;
        long begin = System.nanoTime();
        victim.kill();
        run.load.awaitMore(100);
        slowest = Math.max(slowest, (System.nanoTime() - begin) / 1_000_000);
        if (i < Sizes.POD_KILLS - 1) {
          victim.start();
          victim.awaitSite(run.site().slug());
        }
      }
      run.figure("kills", Sizes.POD_KILLS);
      run.figure("slowestRecoveryMillis", slowest);
      run.judge().assertExactlyOnce();
      assertEquals(0, run.load.tally.otherwise.get());
      assertTrue(slowest <= RECOVERED_WITHIN_MILLIS, "hits went on only after " + slowest + " ms");
    }
  }
}
