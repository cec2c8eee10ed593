package vn.luot.faults;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Redis killed, frozen and emptied while hits come in. */
@ExtendWith(Deployed.class)
class RedisFaultsIT {
  private static final Load.Shape STEADY = new Load.Shape(48, 2_000);

  /** Limits are a second; in a build the client itself may have to wait for a processor. */
  private static final long LONGEST_WAIT_MILLIS = Sizes.FULL ? 1_500 : 10_000;

  private static final long MOST_GROWTH = 64L << 20;

  @Test
  void killingRedisLosesNothingItHasInItsFile(Deployment deployment) {
    try (Run run = Run.unique("killedRedis", deployment, STEADY)) {
      for (int i = 0; i < Sizes.REDIS_KILLS; i++) {
        run.load.awaitMore(Sizes.BETWEEN);
        deployment.redis.kill();
        deployment.redis.restart();
      }
      run.load.awaitMore(Sizes.BETWEEN);
      run.figure("kills", Sizes.REDIS_KILLS);
      run.judge().assertExactlyOnce();
      assertOnlyRefused(run);
    }
  }

  @Test
  void aFrozenRedisKeepsNobodyWaiting(Deployment deployment) throws InterruptedException {
    try (Run run = Run.unique("frozenRedis", deployment, STEADY)) {
      run.load.awaitMore(Sizes.BETWEEN);
      run.load.tally.takeSlowestMillis();
      long memory = deployment.pod.memory();
      deployment.redis.freeze();
      // The one thing here that takes real time: being frozen.
      SECONDS.sleep(Sizes.FROZEN_SECONDS);
      long growth = deployment.pod.memory() - memory;
      long lag = deployment.pod.metric("luot_flush_lag_seconds");
      deployment.redis.thaw();
      run.load.awaitMore(Sizes.BETWEEN);
      run.figure("frozenSeconds", Sizes.FROZEN_SECONDS);
      run.figure("memoryGrowthMiB", growth >> 20);
      long slowest = run.load.tally.takeSlowestMillis();
      run.figure("slowestMillis", slowest);
      run.judge().assertExactlyOnce();
      assertTrue(slowest <= LONGEST_WAIT_MILLIS, "a hit waited for " + slowest + " ms");
      assertOnlyRefused(run);
      assertEquals(0, run.load.tally.unanswered.get());
      assertTrue(lag >= Sizes.FROZEN_SECONDS - 1, "an alert would see a lag of " + lag + " s");
      assertTrue(growth <= MOST_GROWTH, "memory grew by " + growth);
      assertEquals(0, deployment.pod.metric("luot_hits_direct_total"));
    }
  }

  @Test
  void anEmptiedRedisCountsNothingTwiceAndTakesNothingBack(Deployment deployment) {
    try (Run run = Run.unique("flushall", deployment, STEADY);
        Growing totals = Growing.watch(deployment.database, run.site())) {
      for (int i = 0; i < Sizes.FLUSHALLS; i++) {
        run.load.awaitMore(2 * Sizes.BETWEEN);
        RedisCommand.send(deployment.redis.port(), "FLUSHALL");
      }
      run.load.awaitMore(2 * Sizes.BETWEEN);
      run.figure("flushalls", Sizes.FLUSHALLS);
      run.figure("totalsWentBack", totals.wentBack());
      Verdict verdict = run.judge();
      verdict.assertNeverTwice();
      assertEquals(0, totals.wentBack());
      // Flushed every second: what was lost is younger.
      assertTrue(verdict.lost() <= Sizes.FLUSHALLS * 2 * STEADY.perSecond(), verdict.toString());
    }
  }

  /** Redis down is answered by 503 that says when to come back, and by nothing else. */
  private static void assertOnlyRefused(Run run) {
    assertTrue(run.load.tally.refused.get() > 0);
    assertEquals(0, run.load.tally.refusedWithoutRetryAfter.get());
    assertEquals(0, run.load.tally.otherwise.get());
  }
}
