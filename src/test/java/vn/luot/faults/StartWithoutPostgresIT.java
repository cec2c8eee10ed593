package vn.luot.faults;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import vn.luot.Database;
import vn.luot.standalone.Ports;
import vn.luot.standalone.Postgres;

/** A pod that starts while PostgreSQL cannot be reached, or is cut off from it later. */
@ExtendWith(Deployed.class)
class StartWithoutPostgresIT {
  // Many connections: each answer waits for PostgreSQL as long as it may.
  private static final Load.Shape STEADY = new Load.Shape(48, 500);
  private static final String KEY = "a-key-of-a-test-0123456789-0123456789";

  @Test
  void itCountsForTheSitesThatOtherPodsKnow(Deployment deployment) {
    // Nobody listens there: for this pod PostgreSQL is down, for the others it is not.
    assertCounts("startedWithoutPostgres", deployment, Ports.free());
  }

  @Test
  void itCountsWherePostgresTakesConnectionsAndSaysNothing(Deployment deployment)
      throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 100, InetAddress.getLoopbackAddress())) {
      assertCounts("startedBesideSilentPostgres", deployment, silent.getLocalPort());
    }
  }

  private static void assertCounts(String test, Deployment deployment, int postgres) {
    // Just started, on a machine that may be busy.
    Map<String, String> patient = Map.of("LUOT_LIVE_ANSWER_WITHIN", "15s");
    try (Pod pod = deployment.anotherPod(deployment.redis.port(), postgres, patient);
        Run run = Run.unique(test, deployment, pod, STEADY)) {
      run.load.awaitMore(1_000);
      run.judge().assertExactlyOnce();
      run.assertAnswered();
    }
  }

  @Test
  void beforeTheTablesAreMadeOwnersAreToldToTryAgain(Deployment deployment) throws IOException {
    Postgres postgres = Postgres.start(Deployment.directory(), 0);
    Map<String, String> settings =
        Map.of(
            "LUOT_MIGRATE",
            "off",
            "LUOT_OPERATOR_KEY",
            KEY,
            "LUOT_LIVE_KEY_PREFIX",
            "without-tables",
            "QUARKUS_DATASOURCE_REACTIVE_URL",
            postgres.url(),
            "QUARKUS_DATASOURCE_PASSWORD",
            postgres.password());
    try (Pod pod = deployment.anotherPod(deployment.redis.port(), postgres.port(), settings)) {
      await("an answer").ignoreExceptions().until(() -> ask(pod, KEY) > 0);
      assertEquals(503, ask(pod, KEY));
      assertEquals(503, ask(pod, "luot_a-key-that-would-be-looked-for-in-a-table"));
      assertTrue(Hit.ready(pod).startsWith("503 "));
      Path log = Path.of("target", "faults", "pod-" + pod.port() + ".log");
      assertFalse(Files.readString(log).contains("relation "), "in PostgreSQL's words");
      // As after an upgrade: tables are there, and one step of them is not.
      Database database = new Database(postgres);
      database.execute(Files.readString(Path.of("src/main/resources/db/migration/V1__tables.sql")));
      database.execute(
          "CREATE TABLE flyway_schema_history (version text, checksum integer, success boolean)");
      await("it to see them")
          .until(() -> Files.readString(log).contains("V1__tables.sql is not applied yet"));
      assertTrue(Hit.ready(pod).startsWith("503 "));
    } finally {
      postgres.close();
    }
  }

  private static int ask(Pod pod, String key) {
    return Hit.answer(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + pod.port() + "/admin/v1/sites"))
                .header("Authorization", "Bearer " + key))
        .statusCode();
  }

  @AtFullSize
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
      await("it is gone").until(() -> Hit.send(pod, site) == 404);
      assertEquals(200, Hit.send(pod, other));
    }
  }
}
