package vn.luot.faults;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A store does what it was asked, and its answer is lost on the way. */
@ExtendWith(Deployed.class)
class LostAnswersIT {
  private static final Load.Shape STEADY = new Load.Shape(48, 2_000);
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final double OF_REDIS = 0.01;
  private static final double OF_POSTGRES = 0.02;
  private static final int FREEZES = 5;
  private static final int FROZEN_SECONDS = 3;

  @Test
  void aRepeatedBatchOrFlushCountsNothingTwice(Deployment deployment) {
    try (Wire redis = Wire.to(deployment.redis.port());
        Wire postgres = Wire.to(deployment.postgres.port());
        Pod pod = deployment.anotherPod(redis.port(), postgres.port());
        Run run = Run.unique("lostAnswers", deployment, pod, STEADY)) {
      redis.cut(OF_REDIS);
      postgres.cut(OF_POSTGRES);
      run.load.awaitAcknowledged(Sizes.HITS / 2, LIMIT);
      // Few and large batches, on a slow machine, may all have been lucky.
      await("a batch sent again")
          .atMost(LIMIT)
          .until(() -> pod.metric("luot_batches_repeated_total") > 0);
      run.figure("answersOfRedisCut", redis.cuts());
      run.figure("answersOfPostgresCut", postgres.cuts());
      redis.cut(0);
      postgres.cut(0);
      run.figure("batchesRepeated", pod.metric("luot_batches_repeated_total"));
      run.judge().assertExactlyOnce();
      assertEquals(0, run.load.tally.unanswered.get() + run.load.tally.otherwise.get());
    }
  }

  /** It wakes up with batches of which it knows nothing, and Redis neither any more. */
  @AtFullSize
  @Test
  void aPodThatIsFrozenForLongerThanRedisRemembersItCountsNothingTwice(Deployment deployment)
      throws InterruptedException {
    try (Wire redis = Wire.to(deployment.redis.port());
        Pod pod =
            deployment.anotherPod(
                redis.port(), deployment.postgres.port(), Map.of("LUOT_LIVE_WRITER_MEMORY", "1s"));
        Run run = Run.unique("frozenPod", deployment, pod, STEADY)) {
      redis.cut(10 * OF_REDIS);
      for (int i = 0; i < FREEZES; i++) {
        run.load.awaitMore(200, LIMIT);
        pod.freeze(true);
        TimeUnit.SECONDS.sleep(FROZEN_SECONDS);
        pod.freeze(false);
      }
      run.load.awaitMore(200, LIMIT);
      run.figure("answersOfRedisCut", redis.cuts());
      redis.cut(0);
      run.judge().assertExactlyOnce();
    }
  }

  /** As when the machine of a Redis vanishes and its address goes to another one. */
  @Test
  void aConnectionThatSaysNothingMoreIsGivenUp(Deployment deployment) {
    try (Wire redis = Wire.to(deployment.redis.port());
        Pod pod =
            deployment.anotherPod(
                redis.port(),
                deployment.postgres.port(),
                Map.of("QUARKUS_REDIS_TCP_READ_IDLE_TIMEOUT", "2s"));
        Run run = Run.unique("silentConnection", deployment, pod, STEADY)) {
      run.load.awaitMore(500, LIMIT);
      redis.silence();
      run.load.awaitMore(500, Duration.ofSeconds(60));
      run.judge().assertExactlyOnce();
    }
  }
}
