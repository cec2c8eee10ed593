package vn.luot.faults;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** PostgreSQL killed while hits come in: Redis holds them. */
@ExtendWith(Deployed.class)
class PostgresFaultsIT {
  private static final Load.Shape STEADY = new Load.Shape(48, 2_000);
  private static final int DOWN_SECONDS = 3;
  private static final Duration RECOVERED_WITHIN = Duration.ofSeconds(20);

  @Test
  void hitsGoOnWhilePostgresIsDownAndReachItLater(Deployment deployment)
      throws InterruptedException {
    try (Run run = Run.unique("killedPostgres", deployment, STEADY)) {
      run.load.awaitMore(2_000, RECOVERED_WITHIN);
      run.load.tally.takeSlowestMillis();
      for (int i = 0; i < Sizes.POSTGRES_KILLS; i++) {
        deployment.postgres.kill();
        // An outage takes real time.
        SECONDS.sleep(DOWN_SECONDS);
        deployment.postgres.restart();
        run.load.awaitMore(2_000, RECOVERED_WITHIN);
      }
      run.figure("kills", Sizes.POSTGRES_KILLS);
      run.figure("slowestMillis", run.load.tally.takeSlowestMillis());
      run.judge().assertExactlyOnce();
      assertEquals(run.load.sent(), run.load.tally.ok.get());
    }
  }
}
