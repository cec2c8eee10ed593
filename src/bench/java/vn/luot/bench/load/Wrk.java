package vn.luot.bench.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The load generator wrk, with {@code hits.lua}: cheaper than {@link Generator} where installed.
 */
public final class Wrk {
  private static final Path INSTALLED = Path.of("/usr/bin/wrk");
  private static final String SCRIPT = "src/test/resources/bench/hits.lua";

  private Wrk() {}

  public static boolean isInstalled() {
    return Files.isExecutable(INSTALLED);
  }

  /** A closed loop. */
  public static Answers hits(Target target, Pace pace, long seed) {
    List<String> command =
        List.of(
            INSTALLED.toString(),
            "--threads=1",
            "--connections=" + pace.connections(),
            "--duration=" + pace.seconds() + "s",
            "--timeout=10s",
            "--script=" + SCRIPT,
            "http://127.0.0.1:" + target.port(),
            "--",
            target.path(),
            Integer.toString(target.pages()),
            Integer.toString(target.visitors()),
            Long.toString(seed),
            Integer.toString(target.sites()),
            Integer.toString(target.from()));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      String json =
          output
              .lines()
              .filter(line -> line.startsWith("{"))
              .findFirst()
              .orElseThrow(() -> new IllegalStateException(output));
      return new ObjectMapper().readValue(json, Answers.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
