package vn.luot.k8s;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.luot.TestSite;
import vn.luot.faults.Deployment;
import vn.luot.faults.Pod;
import vn.luot.standalone.Artifact;
import vn.luot.standalone.Postgres;
import vn.luot.standalone.Redis;

/** The packaged application as the manifests run it. */
@QuarkusIntegrationTest
class PodIT {
  private static final Path TARGET = Path.of("target");
  private static final Duration SOON = Duration.ofSeconds(60);

  /** A job whose PostgreSQL does not answer. */
  private static final Duration GIVES_UP_AFTER = Duration.ofMinutes(1);

  @TempDir Path directory;

  Redis redis;
  Postgres postgres;

  private Map<String, String> settings() throws IOException {
    Path secrets = Files.createDirectory(directory.resolve("secrets"));
    Files.writeString(secrets.resolve("quarkus.datasource.username"), postgres.username());
    Files.writeString(secrets.resolve("quarkus.datasource.password"), postgres.password());
    Files.writeString(secrets.resolve("quarkus.redis.hosts"), redis.url());
    Map<String, String> settings = new HashMap<>();
    settings.put("SMALLRYE_CONFIG_SOURCE_FILE_LOCATIONS", secrets.toString());
    settings.put("QUARKUS_DATASOURCE_REACTIVE_URL", postgres.url());
    settings.put("QUARKUS_SHUTDOWN_DELAY", "0S");
    // On a busy machine the first hit of a JVM takes longer than a second.
    settings.put("LUOT_LIVE_ANSWER_WITHIN", "15s");
    return settings;
  }

  private Pod pod(Map<String, String> settings) {
    Path application = TARGET.resolve("quarkus-app");
    return Pod.start(directory, application, settings, Deployment.QUICK_TO_START);
  }

  /** The copy in Redis would do as well, so it is asked whom it knows its sites from. */
  @Test
  void secretsAreReadFromFiles() throws IOException {
    TestSite.create(postgres);
    try (Pod pod = pod(settings())) {
      pod.awaitStarted();
      await()
          .ignoreExceptions()
          .until(
              () ->
                  given().get("http://127.0.0.1:" + pod.managementPort() + "/q/metrics").asString(),
              text ->
                  text.contains("\nluot_sites_from_copy 0")
                      && !text.contains("luot_sites_known 0"));
    }
  }

  @Test
  void noFirstAnswerWaitsForASchedule() throws IOException {
    TestSite site = TestSite.create(postgres);
    Map<String, String> settings = settings();
    settings.put("QUARKUS_SCHEDULER_START_MODE", "halted");
    try (Pod pod = pod(settings)) {
      pod.awaitSite(site.slug);
      RequestSpecification page =
          given()
              .baseUri("http://127.0.0.1:" + pod.port())
              .header("Origin", TestSite.ORIGIN)
              .contentType("text/plain");
      given().spec(page).get(site.path("counters")).then().statusCode(200);
      given().spec(page).body("{\"page\":\"/a\"}").post(site.path("hits")).then().statusCode(200);
      given().spec(page).body("{\"stars\":5}").put(site.path("rating")).then().statusCode(200);
    }
  }

  @Test
  void thereIsNoDemoPortal() throws IOException {
    try (Pod pod = pod(settings())) {
      pod.awaitStarted();
      String address = "http://127.0.0.1:" + pod.port();
      given()
          .redirects()
          .follow(false)
          .get(address + "/")
          .then()
          .statusCode(302)
          .header("Location", "admin/");
      given().get(address + "/tin-tuc/gao-nep.html").then().statusCode(404);
      given().get(address + "/admin/").then().statusCode(200);
    }
  }

  @Test
  void aJobBringsTheTablesUpToDateOrRecountsAndEnds() throws IOException, InterruptedException {
    Map<String, String> settings = settings();
    // It serves nobody, so it has nobody to wait for.
    settings.put("QUARKUS_SHUTDOWN_DELAY", "10M");
    String said = job("migrate", settings, 0);
    assertTrue(said.contains("up to date"), said);
    assertFalse(said.contains("serving"), said);
    said = job("recount", settings, 0);
    assertTrue(said.contains("totals were wrong"), said);
    assertFalse(said.contains("serving"), said);
    said = job("sweep", settings, 0);
    assertTrue(said.contains("belonged to no site"), said);
  }

  @Test
  void aJobSaysAtOnceThatThePasswordIsWrong() throws IOException, InterruptedException {
    Map<String, String> settings = settings();
    Files.writeString(directory.resolve("secrets/quarkus.datasource.password"), "wrong");
    long began = System.nanoTime();
    String said = job("migrate", settings, 1);
    assertTrue(said.contains("password authentication failed"), said);
    assertTrue(System.nanoTime() - began < GIVES_UP_AFTER.toNanos(), "only when it had given up");
  }

  private String job(String argument, Map<String, String> settings, int status)
      throws IOException, InterruptedException {
    Path log = directory.resolve(argument + ".log");
    ProcessBuilder job =
        Artifact.in(TARGET)
            .process(Deployment.QUICK_TO_START, argument)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    job.environment().putAll(settings);
    Process process = job.start();
    assertTrue(process.waitFor(2 * SOON.toSeconds(), TimeUnit.SECONDS), "it does not end");
    String said = Files.readString(log);
    assertEquals(status, process.exitValue(), said);
    return said;
  }
}
