package vn.luot.faults;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import vn.luot.standalone.Redis;

/** A primary that dies with what its replica does not have yet. */
@ExtendWith(Deployed.class)
@AtFullSize
class ReplicationIT {
  private static final Load.Shape STEADY = new Load.Shape(48, 1_000);
  private static final int LAGGING_MILLIS = 1_500;

  @Test
  void replicatedModeLosesNothingWithThePrimary(Deployment deployment) throws Exception {
    failOver(deployment, "replicated").assertExactlyOnce();
  }

  @Test
  @AtFullSize
  void localModeCountsNothingTwiceWhenThePrimaryIsLost(Deployment deployment) throws Exception {
    failOver(deployment, "local").assertNeverTwice();
  }

  private static Verdict failOver(Deployment deployment, String durability) throws Exception {
    Redis primary = Redis.start(deployment.directory.resolve(durability + "-1"), 0);
    Redis replica = Redis.start(deployment.directory.resolve(durability + "-2"), 0);
    follow(replica, primary);
    try (Wire wire = Wire.to(primary.port());
        Pod pod =
            deployment.anotherPod(
                wire.port(), deployment.postgres.port(), Map.of("LUOT_DURABILITY", durability));
        Run run = Run.unique("failover-" + durability, deployment, pod, STEADY)) {
      for (int i = 0; i < Sizes.FAILOVERS; i++) {
        run.load.awaitMore(1_000);
        // The primary goes on and the replica does not hear of it.
        replica.freeze();
        Thread.sleep(LAGGING_MILLIS);
        primary.kill();
        replica.thaw();
        RedisCommand.send(replica.port(), "REPLICAOF", "NO", "ONE");
        wire.leadTo(replica.port());
        primary.restart();
        follow(primary, replica);
        Redis promoted = replica;
        replica = primary;
        primary = promoted;
      }
      run.load.awaitMore(1_000);
      run.figure("failovers", Sizes.FAILOVERS);
      Verdict verdict = run.judge(primary.port());
      assertEquals(0, run.load.tally.otherwise.get());
      return verdict;
    } finally {
      primary.close();
      replica.close();
    }
  }

  private static void follow(Redis replica, Redis primary) {
    RedisCommand.send(replica.port(), "REPLICAOF", "127.0.0.1", "" + primary.port());
    await("the replica")
        .until(
            () -> "1".equals(RedisCommand.send(primary.port(), "WAIT", "1", "1000").substring(1)));
  }
}
