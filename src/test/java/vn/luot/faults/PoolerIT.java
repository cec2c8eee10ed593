package vn.luot.faults;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.luot.standalone.Ports;

/** PgBouncer between the pod and PostgreSQL, as its distribution has it. */
@ExtendWith(Deployed.class)
@EnabledIf("isInstalled")
class PoolerIT {
  private static final Path PGBOUNCER = Path.of("/usr/sbin/pgbouncer");
  private static final Load.Shape STEADY = new Load.Shape(16, 300);
  private static final String KEY = "a-key-of-a-test-0123456789-0123456789";

  static boolean isInstalled() {
    return Files.isExecutable(PGBOUNCER);
  }

  private record Bouncer(Process process, int port) implements AutoCloseable {
    static Bouncer start(Deployment deployment, String mode) throws IOException {
      int port = Ports.free();
      Path directory = Deployment.directory();
      Path settings = directory.resolve("pgbouncer.ini");
      String database = URI.create(deployment.postgres.url()).getPath().substring(1);
      Files.writeString(
          settings,
          """
          [databases]
          %s = host=127.0.0.1 port=%d user=%s password=%s
          [pgbouncer]
          listen_addr = 127.0.0.1
          listen_port = %d
          unix_socket_dir =
          auth_type = any
          pool_mode = %s
          default_pool_size = 20
          """
              .formatted(
                  database,
                  deployment.postgres.port(),
                  deployment.postgres.username(),
                  deployment.postgres.password(),
                  port,
                  mode));
      List<String> command = new ArrayList<>(List.of(PGBOUNCER.toString()));
      if ("root".equals(System.getProperty("user.name"))) {
        command.addAll(List.of("-u", "nobody"));
      }
      command.add(settings.toString());
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(Path.of("target", "faults", "pgbouncer-" + mode + ".log").toFile())
              .start();
      return new Bouncer(process, port);
    }

    @Override
    public void close() {
      process.destroy();
    }
  }

  private static HttpResponse<String> ask(Pod pod, String method, String path, String body) {
    return Hit.answer(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + pod.port() + path))
            .header("Authorization", "Bearer " + KEY)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body)));
  }

  @AtFullSize
  @ParameterizedTest
  @ValueSource(strings = {"session", "transaction"})
  void everythingWorksThroughIt(String mode, Deployment deployment) throws Exception {
    Map<String, String> settings = Map.of("LUOT_POSTGRES_POOLER", mode, "LUOT_OPERATOR_KEY", KEY);
    try (Bouncer bouncer = Bouncer.start(deployment, mode);
        Pod pod = deployment.anotherPod(deployment.redis.port(), bouncer.port, settings);
        Run run = Run.unique("pgbouncer-" + mode, deployment, pod, STEADY)) {
      run.load.awaitMore(200);
      Ballots ballots = ballots(deployment, pod);
      ballots.open();
      Flushed.await(deployment.redis.port());
      String site = "/admin/v1/sites/" + run.site().slug();
      for (int i = 0; i < 20; i++) {
        assertEquals(200, ask(pod, "GET", site, "").statusCode());
        assertEquals(200, ask(pod, "GET", site + "/pages?limit=5", "").statusCode());
        HttpResponse<String> rows = ask(pod, "GET", site + "/export?format=csv&what=pages", "");
        assertEquals(200, rows.statusCode(), rows.body());
        assertTrue(rows.body().lines().count() > 100, rows.body());
        HttpResponse<String> changed = ask(pod, "PATCH", site, "{\"name\":\"" + i + "\"}");
        assertEquals(200, changed.statusCode(), changed.body());
      }
      run.judge().assertExactlyOnce();
    }
  }

  private static Ballots ballots(Deployment deployment, Pod pod) {
    FreshSite rated = FreshSite.knownTo(pod, deployment.database);
    return new Ballots(rated, pod.port(), 3, 1);
  }

  @Test
  void whatIsNotSetIsNamedInOneLine(Deployment deployment) throws Exception {
    try (Bouncer bouncer = Bouncer.start(deployment, "session");
        Pod pod = deployment.anotherPod(deployment.redis.port(), bouncer.port)) {
      Path log = Path.of("target", "faults", "pod-" + pod.port() + ".log");
      await("the line")
          .until(
              () ->
                  Files.exists(log)
                      && Files.readString(log)
                          .contains("through PgBouncer set luot.postgres.pooler to its pool_mode"));
    }
  }
}
