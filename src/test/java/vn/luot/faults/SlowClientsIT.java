package vn.luot.faults;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Clients that hold connections: they are found out, and the others do not notice. */
@ExtendWith(Deployed.class)
class SlowClientsIT {
  private static final Duration FOUND_OUT_WITHIN = Duration.ofSeconds(90);
  private static final Duration BETWEEN_BYTES = Duration.ofMillis(500);
  private static final Load.Shape OTHERS = new Load.Shape(4, 200);

  /** Beside what is usual: generous, since the machine may be busy with other things. */
  private static final long MOST_P99_MILLIS = 2_000;

  @Test
  void slowHeadsAndSlowBodiesAreEndedAndDisturbNobody(Deployment deployment) {
    int count = Sizes.SLOW_CLIENTS;
    int port = deployment.pod.port();
    try (Run others = Run.unique("slowClients", deployment, OTHERS)) {
      others.load.awaitMore(200, FOUND_OUT_WITHIN);
      long usual = others.load.tally.takePercentileMillis(99);
      others.figure("usualP99Millis", usual);
      long memory = deployment.pod.memory();
      long slow = deployment.pod.metric("luot_connections_slow_total");
      String head = head(others.site());
      try (SlowClients heads = SlowClients.connect(count, port, head + "X-Slow: ");
          SlowClients bodies =
              SlowClients.connect(count, port, head + "Content-Length: 2000\r\n\r\n{")) {
        long begin = System.nanoTime();
        await("all slow clients to be disconnected")
            .atMost(FOUND_OUT_WITHIN)
            .pollInterval(BETWEEN_BYTES)
            .until(() -> heads.drip() + bodies.drip() == 0);
        others.figure("endedAfterMillis", (System.nanoTime() - begin) / 1_000_000);
      }
      long p99 = others.load.tally.takePercentileMillis(99);
      others.figure("slowHeadsAndAsManyBodies", count);
      others.figure("p99Millis", p99);
      others.figure("memoryMegabytes", (deployment.pod.memory() - memory) >> 20);
      others.judge().assertExactlyOnce();
      assertEquals(0, others.load.tally.unanswered.get() + others.load.tally.otherwise.get());
      assertEquals(2 * count, deployment.pod.metric("luot_connections_slow_total") - slow);
      assertTrue(p99 <= MOST_P99_MILLIS + 3 * usual, "the 99th percentile was " + p99 + " ms");
    }
  }

  private static String head(FreshSite site) {
    return "POST /v1/sites/%s/hits HTTP/1.1\r\nHost: a\r\nOrigin: %s\r\nContent-Type: text/plain\r\n"
        .formatted(site.slug(), FreshSite.ORIGIN);
  }

  @Test
  void podsDoNotSpeakHttp2(Deployment deployment) throws IOException {
    String preface = answer(deployment.pod, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    assertTrue(preface.matches("(?s)HTTP/\\S+ 400 .*"), preface);
    String upgrade =
        answer(
            deployment.pod,
            "GET /v1/sites/none/counters HTTP/1.1\r\nHost: a\r\n"
                + "Connection: Upgrade, HTTP2-Settings, close\r\nUpgrade: h2c\r\n"
                + "HTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n");
    assertTrue(upgrade.startsWith("HTTP/1.1 404 "), upgrade);
  }

  /** The first line. */
  private static String answer(Pod pod, String request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", pod.port())) {
      socket.setSoTimeout(60_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      InputStreamReader text =
          new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8);
      return new BufferedReader(text).readLine() + "\n";
    }
  }

  @Test
  @AtFullSize
  void whoSaysNothingIsDisconnectedAfterAMinute(Deployment deployment) {
    try (SlowClients silent = SlowClients.connect(100, deployment.pod.port(), "")) {
      long begin = System.nanoTime();
      await().atMost(Duration.ofMinutes(2)).until(() -> silent.silent() == 0);
      long seconds = (System.nanoTime() - begin) / 1_000_000_000;
      Figures.append(Map.of("test", "silentClients", "seconds", seconds));
      assertTrue(seconds >= 50, "disconnected after " + seconds + " s");
    }
  }

  @Test
  @AtFullSize
  void connectionsBeyondTheLimitAreClosedAtOnce(Deployment deployment) {
    Map<String, String> limit = Map.of("QUARKUS_HTTP_LIMITS_MAX_CONNECTIONS", "100");
    try (Pod pod = deployment.anotherPod(limit)) {
      FreshSite site = FreshSite.knownTo(pod, deployment.database);
      try (SlowClients many = SlowClients.connect(500, pod.port(), "")) {
        await().atMost(FOUND_OUT_WITHIN).until(() -> many.silent() <= 100);
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("test", "connectionLimit");
        figures.put("left", many.silent());
        Figures.append(figures);
      }
      pod.awaitSite(site.slug());
    }
  }
}
