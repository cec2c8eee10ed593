package vn.luot.bench.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import vn.luot.standalone.Ports;
import vn.luot.standalone.Tethered;

/** A web server that answers everything with nothing: what HTTP itself costs. */
public final class Nginx implements AutoCloseable {
  private static final Path INSTALLED = Path.of("/usr/sbin/nginx");
  private static final String CONFIGURATION =
      """
      daemon off; worker_processes 2; pid %1$s/nginx.pid; error_log %1$s/nginx.log;
      events { worker_connections 1024; }
      http { access_log off; keepalive_requests 100000000; client_body_temp_path %1$s/body;
        proxy_temp_path %1$s; fastcgi_temp_path %1$s; uwsgi_temp_path %1$s; scgi_temp_path %1$s;
        server { listen 127.0.0.1:%2$d; location / { return 204; } } }
      """;

  public final int port = Ports.free();
  private final Tethered process;

  public Nginx() {
    try {
      Path directory = Files.createTempDirectory("luot-bench-nginx");
      Path file = directory.resolve("nginx.conf");
      Files.writeString(file, CONFIGURATION.formatted(directory, port));
      ProcessBuilder builder =
          new ProcessBuilder(List.of(INSTALLED.toString(), "-c", file.toString()));
      builder.redirectErrorStream(true).redirectOutput(directory.resolve("out.log").toFile());
      process = Tethered.start(builder, "TERM", directory.resolve("process.pid"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static boolean isInstalled() {
    return Files.isExecutable(INSTALLED);
  }

  public long pid() {
    return process.handle().pid();
  }

  @Override
  public void close() {
    process.stop(Duration.ofSeconds(5));
  }
}
