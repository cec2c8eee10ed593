package vn.luot.faults;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/** PostgreSQL killed while hits come in: Redis holds them. */
@ExtendWith(Deployed.class)
class PostgresFaultsIT {
  private static final Load.Shape STEADY = new Load.Shape(48, 2_000);
  private static final int DOWN_SECONDS = 3;
  private static final Duration CAUGHT_UP_WITHIN = Duration.ofSeconds(60);
  private static final int MOST_LAG_SECONDS = 10;
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @Test
  void hitsGoOnWhilePostgresIsDownAndReachItLater(Deployment deployment)
      throws InterruptedException {
    try (Run run = Run.unique("killedPostgres", deployment, STEADY)) {
      run.load.awaitMore(Sizes.BETWEEN, LIMIT);
      run.load.tally.takeSlowestMillis();
      for (int i = 0; i < Sizes.POSTGRES_KILLS; i++) {
        deployment.postgres.kill();
        // An outage takes real time.
        SECONDS.sleep(DOWN_SECONDS);
        deployment.postgres.restart();
        run.load.awaitMore(Sizes.BETWEEN, LIMIT);
      }
      run.figure("kills", Sizes.POSTGRES_KILLS);
      run.figure("slowestMillis", run.load.tally.takeSlowestMillis());
      run.judge().assertExactlyOnce();
      run.assertAnswered();
    }
  }

  @Test
  @EnabledIfSystemProperty(named = "luot.faults.full", matches = "true")
  void postgresMayBeDownForMinutes(Deployment deployment) throws InterruptedException {
    try (Run run = Run.unique("stoppedPostgres", deployment, STEADY)) {
      run.load.awaitMore(Sizes.BETWEEN, LIMIT);
      deployment.postgres.stop();
      // An outage takes real time.
      SECONDS.sleep(Sizes.STOPPED_SECONDS);
      deployment.postgres.restart();
      long begin = System.nanoTime();
      await("the flush to catch up")
          .atMost(CAUGHT_UP_WITHIN)
          .until(() -> lagSeconds(deployment) < MOST_LAG_SECONDS);
      run.figure("stoppedSeconds", Sizes.STOPPED_SECONDS);
      run.figure("caughtUpMillis", (System.nanoTime() - begin) / 1_000_000);
      run.judge().assertExactlyOnce();
      run.assertAnswered();
    }
  }

  private static long lagSeconds(Deployment deployment) {
    String flushed = RedisCommand.send(deployment.redis.port(), "GET", "luot:flushed");
    return (System.currentTimeMillis() - Long.parseLong(flushed)) / 1_000;
  }

  @Test
  void aPostgresRestoredFromAnOlderCopyIsMadeWholeAgain(Deployment deployment)
      throws InterruptedException {
    try (Run run = Run.unique("restoredPostgres", deployment, STEADY)) {
      run.load.awaitMore(Sizes.BETWEEN, LIMIT);
      PostgresCopy copy = PostgresCopy.take(deployment);
      SECONDS.sleep(Sizes.RESTORED_SECONDS);
      run.load.awaitMore(Sizes.BETWEEN, LIMIT);
      copy.putBack();
      run.figure("secondsOlder", Sizes.RESTORED_SECONDS);
      run.judge().assertExactlyOnce();
    }
  }
}
