package vn.luot.faults;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Two pods restarted in turn, as an upgrade does it, and told to end while hits come in.
 *
 * <p>Harder than a Service of Kubernetes with the preStop of deployment.yaml, where a pod gets no
 * new connections for seconds before SIGTERM: here it is in the middle of its work, has half of all
 * connections or all of them, and gets new ones until it is found not to be ready.
 */
@ExtendWith(Deployed.class)
class RollingIT {
  private static final Load.Shape STEADY = new Load.Shape(48, 2_000);
  private static final long ENDS_WITHIN_MILLIS = 10_000;

  @Test
  @AtFullSize
  void restartsInGoodOrderAreNotSeenByClients(Deployment deployment) {
    List<Pod> pods = new ArrayList<>();
    try (Balancer balancer = new Balancer();
        Pod one = deployment.anotherPod();
        Pod two = deployment.anotherPod()) {
      pods.addAll(List.of(one, two));
      pods.forEach(pod -> join(pod, balancer));
      try (Run run = Run.behind(balancer.port(), "rollingRestarts", deployment, pods, STEADY)) {
        long slowest = 0;
        for (int i = 0; i < Sizes.RESTARTS; i++) {
          Pod pod = pods.get(i % 2);
          run.load.awaitMore(500);
          long begin = System.nanoTime();
          pod.stop();
          slowest = Math.max(slowest, (System.nanoTime() - begin) / 1_000_000);
          balancer.remove(pod);
          pod.start();
          join(pod, balancer);
        }
        run.figure("restarts", Sizes.RESTARTS);
        run.figure("slowestEndMillis", slowest);
        run.judge().assertExactlyOnce();
        run.assertAnswered();
        assertTrue(slowest <= ENDS_WITHIN_MILLIS, "a pod took " + slowest + " ms to end");
      }
    }
  }

  private static void join(Pod pod, Balancer balancer) {
    balancer.add(pod);
    await("a ready pod").until(() -> balancer.isReady(pod));
  }
}
