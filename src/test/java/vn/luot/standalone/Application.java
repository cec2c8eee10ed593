package vn.luot.standalone;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The packaged application in a process of its own, as it would run in production. */
final class Application {
  private static final Duration START_LIMIT = Duration.ofMinutes(2);

  /** The time its requests and its last flush have when it is asked to stop. */
  private static final Duration STOP_GRACE = Duration.ofSeconds(15);

  private static final int PROBE_MILLIS = 2_000;

  private final Tethered process;

  private Application(Tethered process) {
    this.process = process;
  }

  static Application start(Artifact artifact, Map<String, String> settings, Path pidFile) {
    var command = artifact.process(List.of("-Xmx256m", "-XX:+ExitOnOutOfMemoryError"));
    command.environment().putAll(settings);
    command.redirectOutput(ProcessBuilder.Redirect.INHERIT);
    command.redirectError(ProcessBuilder.Redirect.INHERIT);
    return new Application(Tethered.start(command, "TERM", pidFile));
  }

  /**
   * Waits until one of the addresses answers 200; returns false when the application ended before.
   */
  boolean awaitReady(List<URI> probes) {
    var deadline = Instant.now().plus(START_LIMIT);
    while (process.isAlive()) {
      if (probes.stream().anyMatch(Application::answers)) {
        return true;
      }
      if (Instant.now().isAfter(deadline)) {
        throw new Refusal(
            "The application was not ready after %d s; its log is above."
                .formatted(START_LIMIT.toSeconds()));
      }
      Command.pause();
    }
    return false;
  }

  private static boolean answers(URI probe) {
    try {
      var connection = (HttpURLConnection) probe.toURL().openConnection();
      connection.setConnectTimeout(PROBE_MILLIS);
      connection.setReadTimeout(PROBE_MILLIS);
      return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
    } catch (IOException notYet) {
      return false;
    }
  }

  int join() throws InterruptedException {
    return process.join();
  }

  void stop() {
    process.stop(STOP_GRACE);
  }
}
