package vn.luot.faults;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Pods come and go under load, as an autoscaler or a rolling update has it. */
@ExtendWith(Deployed.class)
@AtFullSize
class ScalingIT {
  private static final int TIMES = Integer.getInteger("luot.faults.scalings", 1);
  private static final Load.Shape STEADY = new Load.Shape(48, 2_000);
  private static final Path LOGS = Path.of("target", "faults");
  private static final Duration LIMIT = Duration.ofMinutes(2);

  /** What Kubernetes is told to grant, less what it waits before it asks: see deployment.yaml. */
  private static final long ENDED_WITHIN_MILLIS = 10_000;

  @Test
  void podsThatComeAndGoLoseAndRefuseNothing(Deployment deployment) throws IOException {
    Deque<Pod> pods = new ArrayDeque<>();
    try (Balancer balancer = new Balancer()) {
      grow(pods, deployment, balancer);
      FreshSite site = FreshSite.register(deployment.database);
      pods.getFirst().awaitSite(site.slug());
      Plan plan = Plan.unique(site, 2_000_000);
      Load load = Load.begin(plan, STEADY, balancer.port());
      long begin = System.nanoTime();
      long slowestEnd = 0;
      for (int i = 0; i < TIMES; i++) {
        grow(pods, deployment, balancer);
        load.awaitMore(2_000, LIMIT);
        slowestEnd = Math.max(slowestEnd, shrink(pods, balancer));
        load.awaitMore(2_000, LIMIT);
      }
      load.close();
      double seconds = (System.nanoTime() - begin) / 1e9;
      Flushed.await(deployment.redis.port());
      Verdict verdict = Verdict.of(deployment.database, plan, load.tally);
      Figures.write(
          "scaling", seconds, load, verdict, Map.of("added", TIMES, "slowestEnd", slowestEnd));
      verdict.assertExactlyOnce();
      assertEquals(load.sent(), load.tally.ok.get(), "refused or not answered");
      assertTrue(slowestEnd < ENDED_WITHIN_MILLIS, "a pod took " + slowestEnd + " ms to end");
    } finally {
      pods.forEach(Pod::close);
    }
  }

  private static void grow(Deque<Pod> pods, Deployment deployment, Balancer balancer) {
    Pod pod =
        Pod.start(
            LOGS,
            Path.of("target", "quarkus-app"),
            settings(deployment),
            Deployment.QUICK_TO_START);
    pods.addLast(pod);
    balancer.add(pod);
    await("a ready pod").atMost(LIMIT).until(() -> balancer.isReady(pod));
  }

  /**
   * As in production, but for what would be refused where the machine is busy with other things.
   */
  private static Map<String, String> settings(Deployment deployment) {
    return Map.of(
        "QUARKUS_REDIS_HOSTS", deployment.redis.url(),
        "QUARKUS_DATASOURCE_REACTIVE_URL", deployment.postgres.url(),
        "QUARKUS_DATASOURCE_USERNAME", deployment.postgres.username(),
        "QUARKUS_DATASOURCE_PASSWORD", deployment.postgres.password(),
        "LUOT_LIVE_PAGES_PER_DAY", "10000000",
        "LUOT_LIVE_ANSWER_WITHIN", "15s");
  }

  /** The oldest pod goes; returns how many milliseconds that took. */
  private static long shrink(Deque<Pod> pods, Balancer balancer) throws IOException {
    Pod pod = pods.removeFirst();
    long begin = System.nanoTime();
    pod.stop();
    long millis = (System.nanoTime() - begin) / 1_000_000;
    balancer.remove(pod);
    assertLogIsQuiet(pod);
    return millis;
  }

  /** One JSON object a line; no warning on the way out; nothing about who viewed what. */
  private static void assertLogIsQuiet(Pod pod) throws IOException {
    boolean leaving = false;
    for (String line : Files.readAllLines(LOGS.resolve("pod-" + pod.port() + ".log"))) {
      leaving |= line.contains("Not ready any more");
      assertTrue(line.startsWith("{") && line.endsWith("}"), line);
      assertTrue(!leaving || line.contains("\"level\":\"INFO\""), line);
      assertTrue(!line.contains("/k/") && !line.contains(FreshSite.ORIGIN), line);
    }
    assertTrue(leaving, "it did not drain");
  }
}
