package vn.luot.faults;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import vn.luot.Database;
import vn.luot.standalone.Artifact;
import vn.luot.standalone.Postgres;
import vn.luot.standalone.Redis;

/** From one version to the next and back, while hits come in: see upgrades.md. */
class UpgradeIT {
  private static final Load.Shape STEADY = new Load.Shape(32, 1_000);
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final int HITS = 3_000;

  private final Path directory = Deployment.directory();

  private final Artifact current = Artifact.in(Path.of("target"));

  /** {@code luot.previous} names the {@code quarkus-run.jar} of the last release. */
  @EnabledIfSystemProperty(named = "luot.previous", matches = ".+")
  @Test
  void fromTheLastReleaseToThisVersionAndBack() {
    Path previous = Path.of(System.getProperty("luot.previous")).toAbsolutePath();
    upgrade(new Artifact(previous.getParent(), false), postgres -> {});
  }

  /** Tables that were added to, as the next version will do, are nothing to this one. */
  @AtFullSize
  @Test
  void thisVersionServesOnTheTablesOfTheNext() {
    upgrade(
        current,
        postgres ->
            Flyway.configure()
                .dataSource("jdbc:" + postgres.url(), postgres.username(), postgres.password())
                .locations(
                    "filesystem:src/main/resources/db/migration",
                    "filesystem:src/test/resources/upgrade")
                .load()
                .migrate());
  }

  /** {@code expand} is what the new version does to the tables beyond its own. */
  private void upgrade(Artifact old, Consumer<Postgres> expand) {
    try (Redis redis = Redis.start(directory, 0);
        Postgres postgres = Postgres.start(directory, 0);
        Balancer balancer = new Balancer()) {
      Database database = new Database(postgres);
      Map<String, String> settings = settings(redis, postgres);
      Pod before = pod(old, settings, balancer);
      FreshSite site = FreshSite.knownTo(before, database);
      Plan plan = Plan.unique(site, 1_000_000);
      try (Load load = Load.begin(plan, STEADY, balancer.port())) {
        load.awaitMore(HITS, LIMIT);
        // The new version makes its tables while the old one serves, and both serve.
        expand.accept(postgres);
        Pod upgraded = pod(current, settings, balancer);
        load.awaitMore(HITS, LIMIT);
        leave(before, balancer);
        load.awaitMore(HITS, LIMIT);
        // The old version starts on the new tables.
        Pod after = pod(old, settings, balancer);
        load.awaitMore(HITS, LIMIT);
        leave(upgraded, balancer);
        load.awaitMore(HITS, LIMIT);
        load.close();
        Flushed.await(redis.port());
        after.close();
        Verdict.of(database, plan, load.tally).assertExactlyOnce();
        assertEquals(load.sent(), load.tally.ok.get(), "refused or not answered");
      }
    }
  }

  private static Map<String, String> settings(Redis redis, Postgres postgres) {
    Map<String, String> settings = new HashMap<>();
    settings.put("QUARKUS_REDIS_HOSTS", redis.url());
    settings.put("QUARKUS_DATASOURCE_REACTIVE_URL", postgres.url());
    settings.put("QUARKUS_DATASOURCE_USERNAME", postgres.username());
    settings.put("QUARKUS_DATASOURCE_PASSWORD", postgres.password());
    settings.put("LUOT_LIVE_PAGES_PER_DAY", "10000000");
    settings.put("LUOT_HIT_NEW_PAGES_PER_NETWORK", "0");
    // Hits may wait on a machine that starts a JVM beside them.
    settings.put("LUOT_LIVE_ANSWER_WITHIN", "15s");
    return settings;
  }

  private Pod pod(Artifact version, Map<String, String> settings, Balancer balancer) {
    Pod pod = Pod.start(directory, version, settings, Deployment.QUICK_TO_START);
    balancer.add(pod);
    await("a ready pod").atMost(LIMIT).until(() -> balancer.isReady(pod));
    return pod;
  }

  private static void leave(Pod pod, Balancer balancer) {
    pod.stop();
    balancer.remove(pod);
  }
}
