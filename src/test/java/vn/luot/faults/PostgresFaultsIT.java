package vn.luot.faults;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import vn.luot.standalone.Postgres;

/** PostgreSQL killed while hits come in: Redis holds them. */
@ExtendWith(Deployed.class)
class PostgresFaultsIT {
  private static final Load.Shape STEADY = new Load.Shape(48, 2_000);
  private static final int DOWN_SECONDS = 3;
  private static final Duration CAUGHT_UP_WITHIN = Duration.ofSeconds(60);
  private static final int MOST_LAG_SECONDS = 10;
  private static final int LEFT_WITHIN_MILLIS = 15_000;
  private static final String KEY = "a-key-of-a-test-0123456789-0123456789";

  @Test
  void hitsGoOnWhilePostgresIsDownAndReachItLater(Deployment deployment)
      throws InterruptedException {
    try (Run run = Run.unique("killedPostgres", deployment, STEADY)) {
      run.load.awaitMore(Sizes.BETWEEN);
      run.load.tally.takeSlowestMillis();
      for (int i = 0; i < Sizes.POSTGRES_KILLS; i++) {
        deployment.postgres.kill();
        // An outage takes real time.
        SECONDS.sleep(DOWN_SECONDS);
        deployment.postgres.restart();
        run.load.awaitMore(Sizes.BETWEEN);
      }
      run.figure("kills", Sizes.POSTGRES_KILLS);
      run.figure("slowestMillis", run.load.tally.takeSlowestMillis());
      run.judge().assertExactlyOnce();
      run.assertAnswered();
    }
  }

  @Test
  @AtFullSize
  void postgresMayBeDownForMinutes(Deployment deployment) throws InterruptedException {
    try (Run run = Run.unique("stoppedPostgres", deployment, STEADY)) {
      run.load.awaitMore(Sizes.BETWEEN);
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

  @AtFullSize
  @Test
  void aPostgresRestoredFromAnOlderCopyIsMadeWholeAgain(Deployment deployment)
      throws InterruptedException {
    try (Run run = Run.unique("restoredPostgres", deployment, STEADY)) {
      run.load.awaitMore(Sizes.BETWEEN);
      PostgresCopy copy = PostgresCopy.take(deployment);
      SECONDS.sleep(Sizes.RESTORED_SECONDS);
      run.load.awaitMore(Sizes.BETWEEN);
      copy.putBack();
      run.figure("secondsOlder", Sizes.RESTORED_SECONDS);
      run.judge().assertExactlyOnce();
    }
  }

  @AtFullSize
  @Test
  void theNameOfAPageThatAnOlderPostgresLacksComesWithItsNextView(Deployment deployment) {
    FreshSite site = FreshSite.knownTo(deployment.pod, deployment.database);
    String names = "SELECT count(*) FROM page WHERE site_id = " + site.id();
    assertEquals(200, Hit.send(deployment.pod, site));
    await("a name").until(() -> deployment.database.number(names) == 1);
    deployment.database.execute("DELETE FROM page WHERE site_id = " + site.id());
    deployment.postgres.kill();
    deployment.postgres.restart();
    await("a connection")
        .untilAsserted(
            () -> {
              assertEquals(200, Hit.send(deployment.pod, site));
              assertEquals(1, deployment.database.number(names));
            });
  }

  @AtFullSize
  @Test
  void connectionsToAStandbyAreLeftWhenThePrimaryIsBack(Deployment deployment) throws Exception {
    FreshSite site = FreshSite.register(deployment.database);
    try (Postgres standby = PostgresCopy.take(deployment).standby();
        Wire wire = Wire.to(deployment.postgres.port());
        Pod pod =
            deployment.anotherPod(
                deployment.redis.port(), wire.port(), Map.of("LUOT_OPERATOR_KEY", KEY));
        Run run = Run.unique("standby", deployment, List.of(pod), STEADY, site)) {
      deployment.pod.stop();
      run.load.awaitMore(Sizes.BETWEEN);
      wire.leadTo(standby.port());
      await("a failed flush").until(() -> pod.metric("luot_flush_failures_total") > 0);
      assertEquals(503, register(pod));
      wire.leadNewTo(deployment.postgres.port());
      long begin = System.nanoTime();
      Flushed.await(deployment.redis.port());
      long millis = (System.nanoTime() - begin) / 1_000_000;
      run.figure("flushWentOnMillis", millis);
      run.judge().assertExactlyOnce();
      run.assertAnswered();
      assertTrue(millis < LEFT_WITHIN_MILLIS, "flushed after " + millis + " ms");
      await("a new site").until(() -> register(pod) == 201);
    }
  }

  /** The status with which an owner's write is answered. */
  private static int register(Pod pod) {
    String site = "{\"id\":\"s%d\",\"name\":\"S\",\"origins\":[\"%s\"]}";
    return Hit.answer(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + pod.port() + "/admin/v1/sites"))
                .header("Authorization", "Bearer " + KEY)
                .header("Content-Type", "application/json")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        site.formatted(System.nanoTime(), FreshSite.ORIGIN))))
        .statusCode();
  }

  /** The old primary was taken for dead, and the name leads back to it. */
  @AtFullSize
  @Test
  void whatASecondPrimaryTookReachesTheFirst(Deployment deployment) {
    FreshSite site = FreshSite.register(deployment.database);
    try (Postgres second = PostgresCopy.take(deployment).primary();
        Wire wire = Wire.to(deployment.postgres.port());
        Pod pod = deployment.anotherPod(deployment.redis.port(), wire.port());
        Run run = Run.unique("twoPrimaries", deployment, List.of(pod), STEADY, site)) {
      deployment.pod.stop();
      for (int port : List.of(second.port(), deployment.postgres.port())) {
        run.load.awaitMore(Sizes.BETWEEN);
        Flushed.await(deployment.redis.port());
        // First some of its connections lead there, then all.
        wire.leadNewTo(port);
        run.load.awaitMore(Sizes.BETWEEN);
        wire.leadTo(port);
      }
      run.load.awaitMore(Sizes.BETWEEN);
      run.judge().assertExactlyOnce();
      run.assertAnswered();
    }
  }
}
