package vn.luot.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import vn.luot.standalone.Ports;

/** A pod that starts while PostgreSQL cannot be reached. */
@ExtendWith(Deployed.class)
class StartWithoutPostgresIT {
  private static final Load.Shape STEADY = new Load.Shape(8, 500);
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @Test
  void itCountsForTheSitesThatOtherPodsKnow(Deployment deployment) {
    // Nobody listens there: for this pod PostgreSQL is down, for the others it is not.
    try (Pod pod = deployment.anotherPod(deployment.redis.port(), Ports.free());
        Run run = Run.unique("startedWithoutPostgres", deployment, pod, STEADY)) {
      run.load.awaitMore(1_000, LIMIT);
      run.judge().assertExactlyOnce();
      assertEquals(run.load.sent(), run.load.tally.ok.get());
    }
  }
}
