package vn.luot.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What PostgreSQL holds after a load is what was answered. */
@ExtendWith(Deployed.class)
class ExactCountIT {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final Load.Shape FAST = new Load.Shape(Sizes.CONNECTIONS, 0);

  @Test
  void everyAcknowledgedHitIsCountedExactlyOnce(Deployment deployment) {
    try (Run run = Run.spread("manyConnections", deployment, FAST, 3, 1_000)) {
      run.load.awaitAcknowledged(Sizes.HITS, LIMIT);
      run.judge().assertExactlyOnce();
      assertEquals(0, run.load.tally.unanswered.get() + run.load.tally.otherwise.get());
    }
  }
}
