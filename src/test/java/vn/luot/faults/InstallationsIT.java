package vn.luot.faults;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import vn.luot.Database;
import vn.luot.standalone.Postgres;
import vn.luot.standalone.Redis;

/** Two installations, each with its PostgreSQL, and one Redis. */
@ExtendWith(Deployed.class)
class InstallationsIT {
  private static final Load.Shape STEADY = new Load.Shape(16, 300);

  /** On another PostgreSQL and the deployment's Redis. */
  private static Pod pod(Deployment deployment, Postgres postgres, Map<String, String> more) {
    Map<String, String> settings = new HashMap<>(more);
    settings.put("QUARKUS_DATASOURCE_REACTIVE_URL", postgres.url());
    settings.put("QUARKUS_DATASOURCE_PASSWORD", postgres.password());
    return deployment.anotherPod(deployment.redis.port(), postgres.port(), settings);
  }

  private static void awaitTables(Database database) {
    await("the tables")
        .ignoreExceptions()
        .until(() -> database.number("SELECT count(*) FROM installation") == 1);
  }

  private static String name(Database database) {
    return database.table("SELECT id FROM installation");
  }

  @Test
  void aRedisOfAnotherInstallationCountsNothingAndSaysWhose(Deployment deployment)
      throws Exception {
    Postgres postgres = Postgres.start(Deployment.directory(), 0);
    Database database = new Database(postgres);
    try (Pod late = pod(deployment, postgres, Map.of("LUOT_CHECK_EVERY", "1s"))) {
      awaitTables(database);
      FreshSite site = FreshSite.knownTo(late, database);
      await("whose it is")
          .ignoreExceptions()
          .until(
              () -> {
                String said = Hit.ready(late);
                return said.startsWith("503 ")
                    && said.contains("redis-installation")
                    && said.contains(name(deployment.database))
                    && said.contains(name(database));
              });
      assertEquals(503, Hit.send(late, site));
      try (Run run = Run.unique("anothersRedis", deployment, STEADY)) {
        run.load.awaitMore(300);
        assertEquals(503, Hit.send(late, site));
        run.judge().assertExactlyOnce();
        run.assertAnswered();
      }
      assertEquals(0, database.number("SELECT count(*) FROM hourly_views"));
    } finally {
      postgres.close();
    }
  }

  @Test
  @AtFullSize
  void twoPrefixesShareOneRedisAndMixNothing(Deployment deployment) throws Exception {
    Postgres postgres = Postgres.start(Deployment.directory(), 0);
    Database database = new Database(postgres);
    try (Pod other = pod(deployment, postgres, Map.of("LUOT_LIVE_KEY_PREFIX", "so-y-te"))) {
      awaitTables(database);
      FreshSite site = FreshSite.knownTo(other, database);
      await("it counts").until(() -> Hit.send(other, site) == 200);
      try (Run run = Run.unique("sharedRedis", deployment, STEADY)) {
        run.load.awaitMore(300);
        assertEquals(200, Hit.send(other, site));
        run.judge().assertExactlyOnce();
      }
      await("its own flush").until(() -> database.number("SELECT sum(views) FROM page_total") == 2);
      assertTrue(Hit.ready(other).startsWith("200 "));
    } finally {
      postgres.close();
    }
  }

  @Test
  @AtFullSize
  void aNameThatLeadsToAnothersRedisForAWhileCountsNothingThere(Deployment deployment)
      throws Exception {
    Redis anothers = Redis.start(Deployment.directory(), 0);
    RedisCommand.send(anothers.port(), "HSET", "luot:epoch", "installation", "somebody-else");
    try (Wire wire = Wire.to(deployment.redis.port());
        Pod pod = deployment.anotherPod(wire.port(), deployment.postgres.port());
        Run run = Run.unique("ledAstray", deployment, pod, STEADY)) {
      run.load.awaitMore(100);
      wire.leadTo(anothers.port());
      long refused = run.load.tally.refused.get();
      await("refusals").until(() -> run.load.tally.refused.get() > refused + 20);
      wire.leadTo(deployment.redis.port());
      run.load.awaitMore(100);
      run.judge().assertExactlyOnce();
      assertEquals(List.of(), RedisCommand.list(anothers.port(), "KEYS", "luot{*"));
    } finally {
      anothers.close();
    }
  }
}
