package vn.luot.faults;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import vn.luot.standalone.Ports;

/** A pod that starts while PostgreSQL cannot be reached, or is cut off from it later. */
@ExtendWith(Deployed.class)
class StartWithoutPostgresIT {
  // Many connections: each answer waits for PostgreSQL as long as it may.
  private static final Load.Shape STEADY = new Load.Shape(48, 500);
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @Test
  void itCountsForTheSitesThatOtherPodsKnow(Deployment deployment) {
    // Nobody listens there: for this pod PostgreSQL is down, for the others it is not.
    try (Pod pod =
            deployment.anotherPod(
                deployment.redis.port(),
                Ports.free(),
                // Just started, on a machine that may be busy.
                Map.of("LUOT_LIVE_ANSWER_WITHIN", "15s"));
        Run run = Run.unique("startedWithoutPostgres", deployment, pod, STEADY)) {
      run.load.awaitMore(1_000, LIMIT);
      run.judge().assertExactlyOnce();
      run.assertAnswered();
    }
  }

  @Test
  void whileItIsCutOffItLearnsFromOthersThatASiteIsGone(Deployment deployment) {
    try (Wire wire = Wire.to(deployment.postgres.port());
        Pod pod = deployment.anotherPod(deployment.redis.port(), wire.port())) {
      FreshSite site = FreshSite.register(deployment.database);
      FreshSite other = FreshSite.register(deployment.database);
      pod.awaitSite(site.slug());
      pod.awaitSite(other.slug());
      wire.leadTo(Ports.free());
      deployment.database.execute("UPDATE site SET deleted_at = now() WHERE id = " + site.id());
      await("it is gone").atMost(LIMIT).until(() -> Hit.send(pod, site) == 404);
      assertEquals(200, Hit.send(pod, other));
    }
  }
}
