package vn.luot.faults;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Luot logs no request; where an operator has the framework do so, each is one line. */
@ExtendWith(Deployed.class)
@AtFullSize
class AccessLogIT {
  private static final String MARK = "marked-request";
  private static final List<String> BREAKS =
      List.of("%0d%0a", "%0a", "\r", "\n", "\\n", "\u0085", "\u2028", "\u000b", "\u001b[2K", "\"}");

  private static final Map<String, String> LOGGED =
      Map.of(
          "QUARKUS_HTTP_ACCESS_LOG_ENABLED", "true",
          "QUARKUS_HTTP_ACCESS_LOG_PATTERN", "%r %s %{i,User-Agent} %{i,Referer} %{i,Origin}");

  @Test
  void everyRequestIsOneLine(Deployment deployment) throws IOException {
    try (Pod pod = deployment.anotherPod(LOGGED)) {
      pod.awaitStarted();
      Path log = Path.of("target", "faults", "pod-" + pod.port() + ".log");
      int sent = 0;
      int answered = 0;
      for (String lineBreak : BREAKS) {
        for (String header : List.of("User-Agent", "Referer", "Origin")) {
          String forged = header + ": a" + lineBreak + "{\"level\":\"ERROR\",\"x\":\"" + MARK;
          String target = "/v1/sites/none/counters?" + MARK + "=" + sent++;
          // What is no header is refused before anything could be logged.
          answered += send(pod, target, forged).startsWith("HTTP/1.1 400 ") ? 0 : 1;
        }
      }
      int requests = answered;
      assertTrue(requests >= sent / 2, "most were refused: " + sent + " sent, " + requests);
      await().untilAsserted(() -> assertEquals(requests, linesWithMark(log)));
    }
  }

  /** Each of them a JSON object. */
  private static long linesWithMark(Path log) throws IOException {
    List<String> lines = Files.readAllLines(log).stream().filter(l -> l.contains(MARK)).toList();
    for (String line : lines) {
      new ObjectMapper().readTree(line);
    }
    return lines.size();
  }

  private static String send(Pod pod, String target, String header) throws IOException {
    String request =
        "GET %s HTTP/1.1\r\nHost: a\r\nConnection: close\r\n%s\r\n\r\n".formatted(target, header);
    try (Socket socket = new Socket("127.0.0.1", pod.port())) {
      socket.setSoTimeout(60_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
