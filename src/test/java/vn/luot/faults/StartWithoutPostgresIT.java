package vn.luot.faults;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import vn.luot.standalone.Ports;

/** A pod that starts while PostgreSQL cannot be reached. */
@ExtendWith(Deployed.class)
class StartWithoutPostgresIT {
  // Many connections: each answer waits for PostgreSQL as long as it may.
  private static final Load.Shape STEADY = new Load.Shape(48, 500);
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @Test
  void itCountsForTheSitesThatOtherPodsKnow(Deployment deployment) {
    // Nobody listens there: for this pod PostgreSQL is down, for the others it is not.
    try (Pod pod =
            deployment.anotherPod(
                deployment.redis.port(),
                Ports.free(),
                // Just started, on a machine that may be busy.
                Map.of("LUOT_LIVE_ANSWER_WITHIN", "15s"));
        Run run = Run.unique("startedWithoutPostgres", deployment, pod, STEADY)) {
      run.load.awaitMore(1_000, LIMIT);
      run.judge().assertExactlyOnce();
      run.assertAnswered();
    }
  }
}
