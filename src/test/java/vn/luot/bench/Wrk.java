package vn.luot.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The load generator wrk, with {@code hits.lua}. */
final class Wrk {
  private static final String SCRIPT = "src/test/resources/bench/hits.lua";

  private Wrk() {}

  static Answers run(int port, String path, Size size, int seconds, long seed) {
    List<String> command =
        List.of(
            "wrk",
            "--threads=1",
            "--connections=" + size.connections(),
            "--duration=" + seconds + "s",
            "--timeout=10s",
            "--script=" + SCRIPT,
            "http://127.0.0.1:" + port,
            "--",
            path,
            Integer.toString(size.pages()),
            Integer.toString(size.visitors()),
            Long.toString(seed));
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
      throw new UncheckedIOException("wrk must be installed: apt-get install wrk", e);
    }
  }
}
