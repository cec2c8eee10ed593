package vn.luot.faults;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Where hits may go to PostgreSQL while Redis is down. */
@ExtendWith(Deployed.class)
class DegradedIT {
  private static final Load.Shape STEADY = new Load.Shape(16, 500);

  @Test
  void hitsGoToPostgresWhileRedisIsDownAndBackAgain(Deployment deployment) {
    try (Pod pod = deployment.anotherPod(Map.of("LUOT_DEGRADED", "direct"));
        Run run = Run.unique("degradedDirect", deployment, pod, STEADY)) {
      run.load.awaitMore(200);
      for (int i = 0; i < Sizes.REDIS_KILLS; i++) {
        long before = pod.metric("luot_hits_direct_total");
        deployment.redis.kill();
        await("hits in PostgreSQL")
            .until(() -> pod.metric("luot_hits_direct_total") > before + 200);
        deployment.redis.restart();
        long counted = pod.metric("luot_hits_counted_total");
        await("hits in Redis").until(() -> pod.metric("luot_hits_counted_total") > counted + 200);
      }
      // Frozen: what was sent is in doubt and goes nowhere else.
      deployment.redis.freeze();
      long before = pod.metric("luot_hits_direct_total");
      await("hits in PostgreSQL").until(() -> pod.metric("luot_hits_direct_total") > before + 200);
      deployment.redis.thaw();
      run.load.awaitMore(200);
      run.figure("kills", Sizes.REDIS_KILLS);
      run.figure("countedInPostgres", pod.metric("luot_hits_direct_total"));
      run.judge().assertExactlyOnce();
      assertEquals(0, run.load.tally.otherwise.get());
      assertTrue(run.load.tally.refused.get() > 0, "what was in doubt is answered 503");
    }
  }

  /** What is kept apart stays so, whichever store takes it. */
  @AtFullSize
  @Test
  void aBurstIsKeptApartWhileRedisIsDownToo(Deployment deployment) {
    FreshSite site = FreshSite.register(deployment.database);
    deployment.database.execute(
        """
        INSERT INTO hourly_views SELECT %1$d, current_date - d, (current_date - d)::timestamptz, 7, 60, 0
        FROM generate_series(1, 20) AS d;
        UPDATE site SET rules = rules || '{"quarantineFactor":2,"quarantineAbovePerMinute":2}' WHERE id = %1$d
        """
            .formatted(site.id()));
    try (Pod pod = deployment.anotherPod(Map.of("LUOT_DEGRADED", "direct"));
        Run run = Run.unique("degradedBurst", deployment, List.of(pod), STEADY, site)) {
      run.load.awaitMore(500);
      deployment.redis.kill();
      long before = pod.metric("luot_hits_direct_total");
      await("hits in PostgreSQL").until(() -> pod.metric("luot_hits_direct_total") > before + 200);
      deployment.redis.restart();
      run.load.awaitMore(200);
      run.load.close();
      Flushed.await(deployment.redis.port());
      String apart =
          "SELECT coalesce(sum(views), 0) FROM page_total WHERE site_id = %d + 1073741824";
      String all = "SELECT sum(views) FROM page_total WHERE site_id IN (%1$d, %1$d + 1073741824)";
      long kept = deployment.database.number(apart.formatted(site.id()));
      long counted = deployment.database.number(all.formatted(site.id()));
      long acknowledged = run.load.tally.ok.get();
      long uncertain = run.load.tally.refused.get() + run.load.tally.unanswered.get();
      assertTrue(kept > counted / 2, kept + " of " + counted + " were kept apart");
      assertTrue(
          counted >= acknowledged && counted <= acknowledged + uncertain,
          "counted %d of %d and %d".formatted(counted, acknowledged, uncertain));
    }
  }
}
