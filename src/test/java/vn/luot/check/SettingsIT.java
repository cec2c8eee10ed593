package vn.luot.check;

import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.luot.faults.Deployment;
import vn.luot.standalone.Artifact;
import vn.luot.standalone.Ports;
import vn.luot.standalone.Postgres;
import vn.luot.standalone.Redis;

/** Values that would let a pod start and not work: it ends at once and names the setting. */
@QuarkusIntegrationTest
class SettingsIT {
  private static final int SOON_SECONDS = 60;

  @TempDir Path directory;

  Redis redis;
  Postgres postgres;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "luot.live.pages-per-day=-1 luot.live.batch-size=0 luot.live.batches-at-once=0"
            + " luot.live.answer-within=0s",
        "luot.flush.gentle-batch-size=0",
        "luot.visitor.forwarded-header=X-Fowarded-For",
        "luot.visitor.counted-agents=libraries",
        "luot.operator-key=guessed-in-a-day",
      })
  void areRefusedAtStart(String settings) throws IOException, InterruptedException {
    Path log = directory.resolve("pod.log");
    ProcessBuilder builder =
        Artifact.in(Path.of("target"))
            .process(Deployment.QUICK_TO_START)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().putAll(settings());
    for (String setting : settings.split(" ")) {
      String[] parts = setting.split("=");
      String variable = parts[0].toUpperCase(Locale.ROOT).replaceAll("[^A-Z]", "_");
      builder.environment().put(variable, parts[1]);
    }
    Process pod = builder.start();
    try {
      assertTrue(pod.waitFor(SOON_SECONDS, TimeUnit.SECONDS), "it goes on");
    } finally {
      pod.destroyForcibly();
    }
    String said = Files.readString(log);
    assertNotEquals(0, pod.exitValue(), said);
    for (String setting : settings.split(" ")) {
      assertTrue(said.contains(setting.split("=")[0]), said);
    }
  }

  private Map<String, String> settings() {
    return Map.of(
        "QUARKUS_REDIS_HOSTS", redis.url(),
        "QUARKUS_DATASOURCE_REACTIVE_URL", postgres.url(),
        "QUARKUS_DATASOURCE_USERNAME", postgres.username(),
        "QUARKUS_DATASOURCE_PASSWORD", postgres.password(),
        "QUARKUS_HTTP_PORT", Integer.toString(Ports.free()),
        "QUARKUS_MANAGEMENT_PORT", Integer.toString(Ports.free()));
  }
}
