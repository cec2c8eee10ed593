package vn.luot.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to a process when the JVM that started it stops it or ends. */
class TetheredTest {
  @TempDir Path directory;

  @Test
  void theStoresEndWithAJvmThatIsKilled() throws IOException, InterruptedException {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
    var holder = startHolder();
    List<ProcessHandle> servers;
    try (var printed = new BufferedReader(new InputStreamReader(holder.getInputStream(), UTF_8))) {
      servers = List.of(handle(printed.readLine()), handle(printed.readLine()));
      assertTrue(servers.stream().allMatch(ProcessHandle::isAlive));
    } finally {
      holder.destroyForcibly().waitFor();
    }
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> servers.stream().noneMatch(ProcessHandle::isAlive));
  }

  @Test
  void reportsTheExitStatus() throws InterruptedException {
    assertEquals(3, start("exit 3").join());
  }

  @Test
  void stopsWithTheSignalItWasGiven() throws InterruptedException {
    var process = start("trap 'exit 7' USR1; echo ready; while :; do sleep 0.1; done");
    process.stop(Duration.ofSeconds(10));
    assertEquals(7, process.join());
  }

  @Test
  void killsWhatDoesNotStopInTime() throws InterruptedException {
    var process = start("trap '' USR1; echo ready; while :; do sleep 0.1; done");
    process.stop(Duration.ofSeconds(1));
    assertEquals(128 + 9, process.join());
  }

  private Tethered start(String script) {
    var command = new ProcessBuilder("sh", "-c", script);
    var output = directory.resolve("output");
    command.redirectOutput(output.toFile()).redirectError(ProcessBuilder.Redirect.DISCARD);
    var process = Tethered.start(command, "USR1", directory.resolve("pid"));
    // A trap works once it is set.
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> !process.isAlive() || output.toFile().length() > 0);
    return process;
  }

  private Process startHolder() throws IOException {
    var classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return new ProcessBuilder(java, "-cp", classPath, Holder.class.getName(), directory.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static ProcessHandle handle(String pid) {
    return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
  }

  /** Starts both stores, says which processes they are, and waits to be killed. */
  static final class Holder {
    public static void main(String[] arguments) throws InterruptedException {
      var directory = Path.of(arguments[0]);
      System.out.println(Redis.start(directory, 0).pid());
      System.out.println(Postgres.start(directory, 0).pid());
      Thread.currentThread().join();
    }
  }
}
