package vn.luot.faults;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A Redis Cluster whose hot slot moves from node to node while hits come in. */
@ExtendWith(Deployed.class)
@AtFullSize
class ClusterIT {
  private static final Load.Shape STEADY = new Load.Shape(16, 500);
  private static final long P99_MILLIS = 500;

  /** The client follows a slot with one command, and not with two that belong together. */
  @Test
  void aSlotMayMoveWhereReplicasAreWaitedFor(Deployment deployment) {
    try (RedisCluster cluster =
            RedisCluster.startReplicated(deployment.directory.resolve("replicated"));
        Pod pod =
            deployment.anotherPod(
                cluster.port(0),
                deployment.postgres.port(),
                Map.of("QUARKUS_REDIS_CLIENT_TYPE", "cluster", "LUOT_DURABILITY", "replicated"));
        Run run = Run.unique("clusterReplicated", deployment, pod, STEADY)) {
      String hot = "luot{" + run.site().id() % 64 + "}:epoch";
      run.load.awaitMore(500);
      move(cluster, hot, run);
      run.judge(cluster.portOf("luot:flushed")).assertExactlyOnce();
      assertEquals(0, run.load.tally.otherwise.get() + run.load.tally.unanswered.get());
    }
  }

  @Test
  void aSlotMayMoveWhileItsHitsAreCounted(Deployment deployment) {
    try (RedisCluster cluster = RedisCluster.start(deployment.directory.resolve("cluster"));
        Pod pod =
            deployment.anotherPod(
                cluster.port(0),
                deployment.postgres.port(),
                Map.of("QUARKUS_REDIS_CLIENT_TYPE", "cluster"));
        Run run = Run.unique("cluster", deployment, pod, STEADY)) {
      String hot = "luot{" + run.site().id() % 64 + "}:epoch";
      run.load.awaitMore(1_000);
      run.load.tally.takePercentileMillis(99);
      move(cluster, hot, run);
      long p99 = run.load.tally.takePercentileMillis(99);
      run.figure("p99Millis", p99);
      run.judge(cluster.portOf("luot:flushed")).assertExactlyOnce();
      assertEquals(0, run.load.tally.otherwise.get() + run.load.tally.unanswered.get());
      assertTrue(p99 <= P99_MILLIS, "the 99th percentile was " + p99 + " ms");
    }
  }

  /** An operator's tool that is ended half way leaves keys of a slot on two nodes. */
  @Test
  void aSlotThatIsHalfMovedCountsNothingTwiceAndGoesOnAfterwards(Deployment deployment) {
    try (RedisCluster cluster = RedisCluster.start(deployment.directory.resolve("halfMoved"));
        Pod pod =
            deployment.anotherPod(
                cluster.port(0),
                deployment.postgres.port(),
                Map.of("QUARKUS_REDIS_CLIENT_TYPE", "cluster"));
        Run run = Run.unique("clusterHalfMoved", deployment, pod, STEADY)) {
      String hot = "luot{" + run.site().id() % 64 + "}:epoch";
      run.load.awaitMore(1_000);
      long refused = run.load.tally.refused.get();
      cluster.move(
          hot, () -> await("refusals").until(() -> run.load.tally.refused.get() > refused + 20));
      long moved = System.nanoTime();
      run.load.awaitMore(1);
      run.figure("wentOnAfterMillis", (System.nanoTime() - moved) / 1_000_000);
      run.load.awaitMore(1_000);
      run.judge(cluster.portOf("luot:flushed")).assertExactlyOnce();
      assertEquals(0, run.load.tally.otherwise.get());
    }
  }

  private static void move(RedisCluster cluster, String key, Run run) {
    long slowest = 0;
    for (int i = 0; i < Sizes.SLOT_MOVES; i++) {
      long begin = System.nanoTime();
      cluster.move(key);
      slowest = Math.max(slowest, (System.nanoTime() - begin) / 1_000_000);
      run.load.awaitMore(500);
    }
    run.figure("slotMoves", Sizes.SLOT_MOVES);
    run.figure("slowestMoveMillis", slowest);
  }
}
