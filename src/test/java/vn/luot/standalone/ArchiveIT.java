package vn.luot.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.luot.TestSite;
import vn.luot.schema.Main;

/** What the archive of a release holds runs as it was unpacked, by its script and one file. */
@QuarkusIntegrationTest
class ArchiveIT {
  private static final Duration LONGEST = Duration.ofMinutes(2);

  @TempDir Path directory;

  Redis redis;
  Postgres postgres;

  private final int port = Ports.free();
  private Path home;
  private Path log;

  @BeforeEach
  void unpack() throws IOException {
    assumeTrue(!Artifact.in(Path.of("target")).isNative(), "the archive is for a JVM");
    String name = "luot-" + Main.version();
    Path place = Files.createDirectory(directory.resolve("opt and more"));
    Command.output(List.of("tar", "-xzf", "target/" + name + ".tar.gz", "-C", "" + place), "");
    home = place.resolve(name);
    log = directory.resolve("log");
    // Whatever this machine has in /etc is none of the tests'.
    Path script = home.resolve("bin/luot");
    String text = Files.readString(script);
    Files.writeString(script, text.replace("/etc/luot", directory.resolve("etc").toString()));
  }

  private Tethered start(Map<String, String> settings) throws IOException {
    StringBuilder lines = new StringBuilder(Files.readString(home.resolve("luot.env")));
    settings.forEach((name, value) -> lines.append(name + "='" + value + "'\n"));
    lines.append("QUARKUS_HTTP_PORT=").append(port).append('\n');
    lines.append("QUARKUS_MANAGEMENT_PORT=").append(Ports.free()).append('\n');
    Files.writeString(home.resolve("luot.env"), lines);
    // By a link, as in /usr/local/bin.
    Path link = Files.createSymbolicLink(directory.resolve("luot"), home.resolve("bin/luot"));
    ProcessBuilder command = new ProcessBuilder(link.toString()).redirectErrorStream(true);
    command.environment().put("JAVA_HOME", System.getProperty("java.home"));
    command.environment().put("QUARKUS_SHUTDOWN_DELAY", "0S");
    command
        .environment()
        .put("LUOT_JVM", "-XX:TieredStopAtLevel=1 -Xlog:class+load:file=classes.log");
    command.directory(directory.toFile());
    return Tethered.start(
        command.redirectOutput(log.toFile()), "TERM", directory.resolve("luot.pid"));
  }

  private String ask(HttpRequest.Builder request) throws IOException, InterruptedException {
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString(UTF_8)).body();
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .header("Origin", TestSite.ORIGIN);
  }

  @Test
  void countsAHitAndStops() throws IOException, InterruptedException {
    TestSite site = TestSite.create(postgres);
    Tethered luot =
        start(
            Map.of(
                "LUOT_LIVE_ANSWER_WITHIN", "15s", // The first hit of a JVM may take a second.
                "QUARKUS_REDIS_HOSTS", redis.url(),
                "QUARKUS_DATASOURCE_REACTIVE_URL", postgres.url(),
                "QUARKUS_DATASOURCE_USERNAME", postgres.username(),
                "QUARKUS_DATASOURCE_PASSWORD", postgres.password()));
    try {
      await()
          .atMost(LONGEST)
          .ignoreExceptions()
          .until(() -> ask(to(site.path("counters"))).contains("\"total\":0"));
      String hit = "{\"page\":\"/a\"}";
      String answer =
          ask(
              to(site.path("hits"))
                  .header("Content-Type", "text/plain")
                  .POST(BodyPublishers.ofString(hit)));
      assertTrue(answer.contains("\"views\":{\"today\":1,\"total\":1}"), answer);
      String version = "{\"version\":\"" + Main.version() + "\"}";
      assertEquals(version, ask(to("/v1/version")));
    } finally {
      luot.stop(Duration.ofSeconds(20));
    }
    assertEquals(143, luot.join(), "it ended by itself when it was asked to");
    assertTrue(Files.readString(log).contains("luot stopped"));
    String loaded = Files.readString(directory.resolve("classes.log"));
    String document = "io.quarkus.smallrye.openapi.runtime.OpenApiDocumentService$";
    assertTrue(loaded.contains(document + "EmptyDocument "), "it looks for a document");
    assertFalse(loaded.contains(document + "StaticDocument "), "it reads and writes a document");
  }

  @Test
  void withoutStoresItSaysWhatToSet() throws IOException {
    Tethered luot =
        start(
            Map.of(
                "QUARKUS_REDIS_HOSTS", "redis://127.0.0.1:" + Ports.free(),
                "QUARKUS_DATASOURCE_REACTIVE_URL",
                    "postgresql://127.0.0.1:" + Ports.free() + "/a"));
    try {
      for (String said :
          List.of(
              "Redis is set by QUARKUS_REDIS_HOSTS, and cannot be asked",
              "PostgreSQL is set by QUARKUS_DATASOURCE_REACTIVE_URL",
              "No operator key is set",
              "LUOT_OPERATOR_KEY")) {
        await().atMost(LONGEST).until(() -> Files.readString(log), text -> text.contains(said));
      }
    } finally {
      luot.stop(Duration.ofSeconds(20));
    }
  }

  @Test
  void tellsItsVersion() {
    String script = home.resolve("bin/luot").toString();
    assertEquals("Luot " + Main.version() + "\n", Command.output(List.of(script, "--version"), ""));
  }

  @Test
  void itsCommandsHaveTheSettingsOfTheService() throws IOException {
    Path java = Files.createDirectories(directory.resolve("jdk/bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\necho 'version \"17\"'; echo \"port $QUARKUS_HTTP_PORT\"\n");
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));
    Path etc = Files.createDirectory(directory.resolve("etc")).resolve("luot.env");
    List<String> migrate =
        List.of("env", "JAVA_HOME=" + directory.resolve("jdk"), "" + home.resolve("bin/luot"));
    Files.writeString(home.resolve("luot.env"), "QUARKUS_HTTP_PORT=1\n");
    assertTrue(Command.output(migrate, "").endsWith("port 1\n"));
    Files.writeString(etc, "QUARKUS_HTTP_PORT=2\n");
    assertTrue(Command.output(migrate, "").endsWith("port 2\n"));
  }

  @Test
  void whatItHoldsBelongsToRoot() throws IOException {
    TreeSet<String> owners = new TreeSet<>();
    Path archive = Path.of("target", "luot-" + Main.version() + ".tar.gz");
    try (var files =
        new TarArchiveInputStream(new GZIPInputStream(Files.newInputStream(archive)))) {
      for (var file = files.getNextEntry(); file != null; file = files.getNextEntry()) {
        owners.add(file.getUserName() + file.getLongUserId() + file.getLongGroupId());
      }
    }
    assertEquals(Set.of("root00"), owners);
  }

  /** As on Debian, where nobody has made a folder below /var/cache. */
  @Test
  void nginxTakesItsExample() throws IOException {
    assumeTrue(Command.exists("nginx"), "skipped: nginx is not installed");
    String example =
        Files.readString(home.resolve("proxy/nginx.conf"))
            .replaceAll("(?m)^ *ssl_certificate.*$|^ *listen \\[::].*$", "")
            .replaceAll("listen \\d+( ssl)?", "listen 127.0.0.1:" + Ports.free())
            .replace("/var/cache", directory.toString());
    StringBuilder conf = new StringBuilder("events {}\nhttp {\naccess_log off;\n");
    for (String kind : List.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")) {
      conf.append("%s_temp_path %s/%s;\n".formatted(kind, directory, kind));
    }
    Path file = Files.writeString(directory.resolve("nginx.conf"), conf + example + "}\n");
    String pid = "error_log stderr; pid " + directory.resolve("nginx.pid") + ";";
    Command.output(List.of("nginx", "-t", "-c", file.toString(), "-g", pid), "");
  }
}
