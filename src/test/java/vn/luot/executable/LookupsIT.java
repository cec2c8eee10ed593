package vn.luot.executable;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.ClassNode;
import vn.luot.TestSite;
import vn.luot.admin.OperatorKey;
import vn.luot.faults.Deployment;
import vn.luot.faults.Pod;
import vn.luot.standalone.Artifact;
import vn.luot.standalone.Postgres;
import vn.luot.standalone.Redis;

/**
 * What the packaged application looks up by name while it answers each call once is there in a
 * native executable, too. operating.md says what this cannot see.
 */
@QuarkusIntegrationTest
class LookupsIT {
  private static final Path TARGET = Path.of("target");
  private static final String JSON = "application/json";
  private static final Set<String> FILES = files();

  /** Every operation once: its method, its path below the site's and its body. */
  private static final String PUBLIC =
      """
      POST hits {"page":"/a","title":"A","referrer":"https://search.example/"}
      POST heartbeats {}
      PUT rating?page=/a {"stars":5}
      DELETE rating?page=/a {"voter":"none"}
      POST rating?page=/a&stars=4
      GET rating?page=/a
      GET counters
      GET pages?path=/a&path=/b
      GET pages/top?by=views
      GET pages/top?by=rating
      GET hit.gif?page=/a
      GET badge.svg
      GET methodology
      """;

  private static final String OWNERS =
      """
      PATCH . {"quarantine":true}
      GET .
      GET keys
      POST keys {"name":"k","role":"reader"}
      DELETE keys/999999999
      PUT baselines {"views":7,"reason":"r"}
      PUT baselines {"page":"/a","rating":{"count":2,"sum":9},"reason":"r"}
      GET baselines
      POST imports?reason=r path,views
      POST imports?reason=r&batch=b time,path
      GET imports
      GET imports/1
      GET counters
      GET rating?page=/a
      GET series?metric=views&interval=hour
      GET series?metric=visitors&interval=month&compare=previous
      GET pages
      GET pages/sections
      GET pages/shown?path=/a
      GET refusals
      GET pages/sections
      GET series?page=/a
      GET referrers
      GET devices
      GET votes
      DELETE votes/999999999 {"reason":"r"}
      POST votes/999999999/admission {"reason":"r"}
      GET quarantine
      POST quarantine/2026-01-01 {"verdict":"admit","reason":"r"}
      GET export?format=csv
      GET export?format=json
      GET report?from=2026-01-01&to=2026-12-31
      """;

  @TempDir Path directory;
  Redis redis;
  Postgres postgres;

  @Test
  void whatIsLookedUpByNameIsInAnExecutable() throws Exception {
    assumeFalse(Artifact.in(TARGET).isNative(), "it is one");
    Path noted = directory.resolve("lookups");
    answerEveryCall(noted);
    NativeSources executable = NativeSources.made(directory.resolve("executable"));
    Set<String> missing = new TreeSet<>();
    List<String> known =
        Files.readAllLines(Path.of("src/test/resources/lookups.txt")).stream()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .toList();
    for (String line : Files.readAllLines(noted)) {
      String[] lookup = line.split(" ");
      if (lookup.length == 3
          && isThere(lookup[0], lookup[1])
          && !executable.has(lookup[0], lookup[1])
          && known.stream().noneMatch(rule -> isOf(rule, lookup))) {
        missing.add(line);
      }
    }
    assertEquals("", String.join("\n", missing));
  }

  /** {@code rule} is how the caller and how the name begins. */
  private static boolean isOf(String rule, String[] lookup) {
    String[] begin = rule.split(" ");
    return lookup[2].startsWith(begin[0]) && lookup[1].startsWith(begin[1]);
  }

  private void answerEveryCall(Path noted) throws IOException {
    TestSite site = TestSite.create(postgres);
    List<String> options = new ArrayList<>(Deployment.QUICK_TO_START);
    options.add("-javaagent:" + agent() + "=" + noted);
    try (Pod pod = Pod.start(directory, TARGET.resolve("quarkus-app"), settings(), options)) {
      pod.awaitStarted();
      pod.awaitSite(site.slug);
      String address = "http://127.0.0.1:" + pod.port();
      RequestSpecification page = given().header("Origin", TestSite.ORIGIN).baseUri(address);
      PUBLIC
          .lines()
          .forEach(call -> call(page, "text/plain", "/v1/sites/" + site.slug + "/", call));
      RequestSpecification owner =
          given().header("Authorization", "Bearer " + OperatorKey.KEY).baseUri(address);
      OWNERS.lines().forEach(call -> call(owner, JSON, "/admin/v1/sites/" + site.slug + "/", call));
      for (String call :
          List.of(
              "GET sites",
              "GET status",
              "GET me",
              "GET overview",
              "GET overview/days",
              "GET overview/report",
              "GET keys",
              "DELETE sites/none")) {
        call(owner, JSON, "/admin/v1/", call);
      }
      for (String call : List.of("GET q/openapi", "GET q/swagger-ui/", "GET widget.js")) {
        call(owner, JSON, "/", call);
      }
      given().get("http://127.0.0.1:" + pod.managementPort() + "/q/metrics");
      given().get("http://127.0.0.1:" + pod.managementPort() + "/q/health");
    }
  }

  private static void call(RequestSpecification by, String type, String below, String call) {
    String[] parts = call.split(" ", 3);
    RequestSpecification request = given().spec(by).urlEncodingEnabled(false);
    if (parts.length == 3) {
      request.contentType(type).body(parts[2]);
    }
    String path = (below + parts[1]).replace("/.", "");
    int status = request.request(parts[0], path).statusCode();
    assertTrue(status < 500, call + ": " + status);
  }

  private Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>();
    settings.put("QUARKUS_REDIS_HOSTS", redis.url());
    settings.put("QUARKUS_DATASOURCE_REACTIVE_URL", postgres.url());
    settings.put("QUARKUS_DATASOURCE_USERNAME", postgres.username());
    settings.put("QUARKUS_DATASOURCE_PASSWORD", postgres.password());
    settings.put("QUARKUS_SHUTDOWN_DELAY", "0S");
    settings.put("LUOT_OPERATOR_KEY", OperatorKey.KEY);
    settings.put("LUOT_DEMO", "true");
    return settings;
  }

  /** Beside the class loaders of the application: all of them must see {@link Lookups}. */
  private Path agent() throws IOException {
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.putValue("Premain-Class", LookupAgent.class.getName());
    attributes.putValue(
        "Boot-Class-Path", "agent.jar " + jarOf(ClassReader.class) + " " + jarOf(ClassNode.class));
    Path agent = directory.resolve("agent.jar");
    try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(agent), manifest)) {
      for (Class<?> type : List.of(LookupAgent.class, Lookups.class)) {
        String name = type.getName().replace('.', '/') + ".class";
        jar.putNextEntry(new ZipEntry(name));
        try (InputStream in = type.getResourceAsStream("/" + name)) {
          in.transferTo(jar);
        }
      }
    }
    return agent;
  }

  private static String jarOf(Class<?> type) {
    return URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString())
        .getPath();
  }

  /** What is nowhere is not found in an executable either, and is asked for in case. */
  private static boolean isThere(String kind, String name) throws IOException {
    String file = kind.equals("resource") ? name : name.replace('.', '/') + ".class";
    return kind.equals("proxy")
        || kind.equals("members")
        || ClassLoader.getPlatformClassLoader().getResource(file) != null
        || FILES.contains(file);
  }

  private static Set<String> files() {
    Set<String> files = new TreeSet<>();
    try (Stream<Path> jars = Files.walk(TARGET.resolve("quarkus-app"))) {
      for (Path jar : jars.filter(file -> file.toString().endsWith(".jar")).toList()) {
        try (JarFile open = new JarFile(jar.toFile())) {
          open.stream().forEach(entry -> files.add(entry.getName()));
        }
      }
      return files;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
