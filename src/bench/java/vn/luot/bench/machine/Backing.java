package vn.luot.bench.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import vn.luot.standalone.Ports;
import vn.luot.standalone.Postgres;
import vn.luot.standalone.Redis;
import vn.luot.standalone.Tethered;

/** The stores: the distribution's Redis where it is installed, being built for speed. */
public final class Backing implements AutoCloseable {
  private static final Path INSTALLED = Path.of("/usr/bin/redis-server");

  public final Postgres postgres;
  public final int redisPort;
  public final long redisPid;
  public final String redisName;
  private final Runnable stopRedis;

  public Backing() {
    Path directory = directory();
    postgres = Postgres.start(directory, 0);
    if (Files.isExecutable(INSTALLED)) {
      redisPort = Ports.free();
      Tethered redis = startInstalled(directory, redisPort);
      redisPid = redis.handle().pid();
      redisName = INSTALLED.toString();
      stopRedis = () -> redis.stop(Duration.ofSeconds(10));
    } else {
      Redis redis = Redis.start(directory, 0);
      redisPort = redis.port();
      redisPid = redis.pid();
      redisName = "embedded";
      stopRedis = redis::close;
    }
  }

  /** With the settings it is deployed with. The application itself waits until it is ready. */
  private static Tethered startInstalled(Path directory, int port) {
    List<String> command =
        List.of(
            INSTALLED.toString(),
            "--port " + port,
            "--bind 127.0.0.1",
            "--dir " + directory,
            "--appendonly yes",
            "--save ''",
            "--lazyfree-lazy-expire yes",
            "--maxmemory-policy noeviction");
    ProcessBuilder builder =
        new ProcessBuilder("sh", "-c", "exec " + String.join(" ", command))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    return Tethered.start(builder, "TERM", directory.resolve("redis.pid"));
  }

  private static Path directory() {
    try {
      Path directory = Files.createTempDirectory("luot-bench");
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
      return directory;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    stopRedis.run();
    postgres.close();
  }
}
