package vn.luot.faults;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Where hits may go to PostgreSQL while Redis is down. */
@ExtendWith(Deployed.class)
class DegradedIT {
  private static final Load.Shape STEADY = new Load.Shape(16, 500);
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @Test
  void hitsGoToPostgresWhileRedisIsDownAndBackAgain(Deployment deployment) {
    try (Pod pod =
            deployment.anotherPod(
                deployment.redis.port(),
                deployment.postgres.port(),
                Map.of("LUOT_DEGRADED", "direct"));
        Run run = Run.unique("degradedDirect", deployment, pod, STEADY)) {
      run.load.awaitMore(200, LIMIT);
      for (int i = 0; i < Sizes.REDIS_KILLS; i++) {
        long before = pod.metric("luot_hits_direct_total");
        deployment.redis.kill();
        await("hits in PostgreSQL")
            .atMost(LIMIT)
            .until(() -> pod.metric("luot_hits_direct_total") > before + 200);
        deployment.redis.restart();
        long counted = pod.metric("luot_hits_counted_total");
        await("hits in Redis")
            .atMost(LIMIT)
            .until(() -> pod.metric("luot_hits_counted_total") > counted + 200);
      }
      // Frozen: what was sent is in doubt and goes nowhere else.
      deployment.redis.freeze();
      long before = pod.metric("luot_hits_direct_total");
      await("hits in PostgreSQL")
          .atMost(LIMIT)
          .until(() -> pod.metric("luot_hits_direct_total") > before + 200);
      deployment.redis.thaw();
      run.load.awaitMore(200, LIMIT);
      run.figure("kills", Sizes.REDIS_KILLS);
      run.figure("countedInPostgres", pod.metric("luot_hits_direct_total"));
      run.judge().assertExactlyOnce();
      assertEquals(0, run.load.tally.otherwise.get());
      assertTrue(run.load.tally.refused.get() > 0, "what was in doubt is answered 503");
    }
  }
}
