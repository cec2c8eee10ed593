package vn.luot.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A short command of the system that is run to its end. */
final class Command {
  private Command() {}

  static boolean exists(String name) {
    for (var directory : System.getenv().getOrDefault("PATH", "/usr/bin:/bin").split(":")) {
      if (Files.isExecutable(Path.of(directory, name))) {
        return true;
      }
    }
    return false;
  }

  static boolean succeeds(List<String> command) {
    return run(command, "").status == 0;
  }

  /** Runs a command that must succeed and returns what it printed. */
  static String output(List<String> command, String input) {
    var result = run(command, input);
    if (result.status != 0) {
      throw new IllegalStateException(
          "%s ended with %d:%n%s"
              .formatted(String.join(" ", command), result.status, result.output));
    }
    return result.output;
  }

  static void pause() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static Result run(List<String> command, String input) {
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    // English messages, as this package reads some of them.
    builder.environment().put("LC_ALL", "C");
    try {
      var process = builder.start();
      try (var stdin = process.getOutputStream()) {
        stdin.write(input.getBytes(StandardCharsets.UTF_8));
      } catch (IOException ended) {
        // It did not want to read; its exit status says whether that is an error.
      }
      var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Result(process.waitFor(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private record Result(int status, String output) {}
}
