package vn.luot.faults;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import vn.luot.Database;
import vn.luot.standalone.Postgres;
import vn.luot.standalone.Redis;

/** Real stores and the packaged application on them, each a process that may be killed. */
public final class Deployment implements AutoCloseable {
  private static final Path APPLICATION = Path.of("target", "quarkus-app");
  private static final Path LOGS = Path.of("target", "faults");

  /** Halves what a start costs: these pods start often and live for seconds. */
  public static final List<String> QUICK_TO_START =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  /** Where the stores keep their data. */
  final Path directory;

  public final Redis redis;
  public final Postgres postgres;
  public final Database database;
  public final Pod pod;

  Deployment() {
    directory = directory();
    redis = Redis.start(directory, 0);
    postgres = Postgres.start(directory, 0);
    database = new Database(postgres);
    pod = anotherPod();
    await("the tables")
        .atMost(Duration.ofMinutes(2))
        .ignoreExceptions()
        .until(() -> database.table("SELECT to_regclass('page_total')"), "page_total"::equals);
  }

  static Path directory() {
    try {
      Files.createDirectories(LOGS);
      Path directory = Files.createTempDirectory("luot-faults");
      // PostgreSQL may have to run as another user; its own directory in this one is private.
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
      return directory;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Pod anotherPod() {
    return anotherPod(Map.of());
  }

  /** {@code more} are further settings, as environment variables. */
  Pod anotherPod(Map<String, String> more) {
    return anotherPod(more, List.of());
  }

  /** The same with further options of the JVM. */
  Pod anotherPod(Map<String, String> more, List<String> jvmOptions) {
    return anotherPod(redis.port(), postgres.port(), more, jvmOptions);
  }

  /** A pod on these stores, or on whatever stands between them and it. */
  Pod anotherPod(int redisPort, int postgresPort) {
    return anotherPod(redisPort, postgresPort, Map.of());
  }

  /** The same with further settings, as environment variables. */
  Pod anotherPod(int redisPort, int postgresPort, Map<String, String> more) {
    return anotherPod(redisPort, postgresPort, more, List.of());
  }

  /** The same with further options of the JVM. */
  Pod anotherPod(
      int redisPort, int postgresPort, Map<String, String> more, List<String> jvmOptions) {
    Map<String, String> settings = new HashMap<>();
    settings.put("QUARKUS_REDIS_HOSTS", "redis://127.0.0.1:" + redisPort);
    String url = postgres.url().replace(":" + postgres.port() + "/", ":" + postgresPort + "/");
    settings.put("QUARKUS_DATASOURCE_REACTIVE_URL", url);
    settings.put("QUARKUS_DATASOURCE_USERNAME", postgres.username());
    settings.put("QUARKUS_DATASOURCE_PASSWORD", postgres.password());
    settings.put("LUOT_FLUSH_EVERY", "1s");
    settings.put("LUOT_SITES_REFRESH_EVERY", "1s");
    // Nobody but a balancer needs a pod that ends to answer on.
    settings.put("QUARKUS_SHUTDOWN_DELAY", Sizes.FULL ? "4S" : "0S");
    settings.put("LUOT_LIVE_WARM_UP", Sizes.FULL ? "2s" : "0s");
    // A page for every hit: what is beyond the limit would be counted for ~other.
    settings.put("LUOT_LIVE_PAGES_PER_DAY", "10000000");
    settings.put("LUOT_HIT_NEW_PAGES_PER_NETWORK", "0");
    // All voters of a test come from one network, and at once.
    settings.put("LUOT_RATING_NEW_VOTERS_PER_NETWORK", "65535");
    settings.put("LUOT_RATING_NEW_VOTERS_PER_NETWORK_AND_SITE", "65535");
    settings.put("LUOT_RATING_NEW_VOTERS_PER_NETWORK_AND_MINUTE", "65535");
    settings.put("LUOT_RATING_TOKEN_RIPENS_AFTER", "0s");
    // Clients here send a request in one piece; only the slow ones have to be found out soon.
    settings.put("LUOT_CONNECTIONS_REQUEST_WITHIN", "5s");
    settings.putAll(more);
    List<String> options = new ArrayList<>(QUICK_TO_START);
    options.addAll(jvmOptions);
    return Pod.start(LOGS, APPLICATION, settings, options);
  }

  /** Whatever the test before has left killed or frozen. */
  void heal() {
    redis.thaw();
    if (!redis.isRunning()) {
      redis.restart();
    }
    if (!postgres.isRunning()) {
      postgres.restart();
    }
    if (!pod.isRunning()) {
      pod.start();
    }
    pod.awaitStarted();
  }

  @Override
  public void close() {
    pod.close();
    postgres.close();
    redis.close();
  }
}
