package vn.luot.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ObstaclesTest {
  @TempDir Path project;

  private final Map<String, String> ports =
      Map.of(
          "QUARKUS_HTTP_PORT", Integer.toString(Ports.free()),
          "QUARKUS_MANAGEMENT_PORT", Integer.toString(Ports.free()));

  @Test
  void nothingIsInTheWayAtFirst() throws IOException {
    assertEquals(Optional.empty(), Obstacles.first(project.resolve(".data"), ports));
  }

  @Test
  void aTakenPortIsSaidBeforeAnythingIsCompiled() throws IOException, InterruptedException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      int port = taken.getLocalPort();
      var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
      var source = "src/test/java/vn/luot/standalone/Obstacles.java";
      var command = new ProcessBuilder(java, source, project.toString()).redirectErrorStream(true);
      command.environment().putAll(ports);
      command.environment().put("QUARKUS_HTTP_PORT", Integer.toString(port));
      var process = command.start();
      var said = new String(process.getInputStream().readAllBytes(), UTF_8);
      assertEquals(
          "Port %d is taken. Choose another one: QUARKUS_HTTP_PORT=%d mvn -Pstart%n"
              .formatted(port, port + 1),
          said);
      assertEquals(1, process.waitFor());
    }
  }

  @Test
  void aFileOfAnotherStartIsNoObstacleOnceThatHasEnded() throws IOException {
    try (var data = DataDirectory.open(project.resolve(".data"))) {
      assertEquals(project.resolve(".data"), data.path());
    }
    assertEquals(Optional.empty(), Obstacles.first(project.resolve(".data"), ports));
  }
}
