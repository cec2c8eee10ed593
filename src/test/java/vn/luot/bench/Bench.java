package vn.luot.bench;

import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import vn.luot.Database;
import vn.luot.faults.Flushed;
import vn.luot.faults.Pod;

/** {@code mvn -Pbench verify}: what a counted hit costs, beside a JSON POST that does nothing. */
public final class Bench {
  private static final String SITE = "bench";
  private static final String COUNTED =
      "SELECT coalesce(sum(views), 0) FROM site_total JOIN site ON id = site_id WHERE slug = '%s'"
          .formatted(SITE);

  private final Size size = Size.given();
  private final Backing backing;
  private final Database database;

  private Bench(Backing backing) {
    this.backing = backing;
    this.database = new Database(backing.postgres);
  }

  /** The directories of the application that has the echo, and of logs and results. */
  public static void main(String[] arguments) throws Exception {
    Path application = Path.of(arguments[0]);
    Path target = Path.of(arguments[1]);
    Files.createDirectories(target);
    // Maven runs this in a class loader that JDBC does not search by itself.
    Class.forName("org.postgresql.Driver");
    try (Backing backing = new Backing();
        Pod luot = pod(application, target, backing, 0);
        // What it finds to be flushed must not be the other one's work.
        Pod echo = pod(application, target, backing, 1)) {
      Bench bench = new Bench(backing);
      luot.awaitStarted();
      echo.awaitStarted();
      bench.registerSite(luot);
      bench.run(
          List.of(
              new Variant("echo", echo, "/echo", backing),
              new Variant("luot", luot, "/v1/sites/" + SITE + "/hits", backing)),
          target);
    }
  }

  private static Pod pod(Path application, Path target, Backing backing, int database) {
    Map<String, String> settings = new HashMap<>();
    settings.put(
        "QUARKUS_REDIS_HOSTS", "redis://127.0.0.1:%d/%d".formatted(backing.redisPort, database));
    settings.put("QUARKUS_DATASOURCE_REACTIVE_URL", backing.postgres.url());
    settings.put("QUARKUS_DATASOURCE_USERNAME", backing.postgres.username());
    settings.put("QUARKUS_DATASOURCE_PASSWORD", backing.postgres.password());
    // Many visitors from one machine: their addresses are vouched for as by a proxy.
    settings.put("LUOT_VISITOR_TRUSTED_PROXIES", "127.0.0.1");
    return Pod.start(target, application, settings);
  }

  private void registerSite(Pod pod) {
    String register =
        "INSERT INTO site (slug, name, origins, repeat_view_seconds)"
            + " VALUES ('%s', 'Bench', '{https://portal.example}', %d)";
    await()
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptions()
        .until(
            () -> {
              database.execute(register.formatted(SITE, size.repeatView()));
              return true;
            });
    pod.awaitSite(SITE);
  }

  private void run(List<Variant> variants, Path target) throws Exception {
    for (Variant variant : variants) {
      System.out.printf("%s warms up for %d s%n", variant.name, size.warmUp());
      variant.load(size, size.warmUp(), 1);
    }
    for (int round = 1; round <= size.rounds(); round++) {
      for (Variant variant : variants) {
        long before = counted(variant);
        Answers answers = variant.measure(size, 1_000L * round);
        long counted = counted(variant) - before;
        System.out.printf("round %d, %s: %s%n", round, variant.name, variant.rounds.get(round - 1));
        if (variant.name.equals("luot")) {
          check(answers, counted);
        }
      }
    }
    new Report(variants, size, backing.redisName).write(target.resolve("bench.json"));
  }

  /** What is under way when the time is up is counted and never seen to be answered. */
  private void check(Answers answers, long counted) {
    if (counted < answers.answered() || counted > answers.answered() + size.connections()) {
      throw new IllegalStateException(
          "answered %d, counted %d".formatted(answers.answered(), counted));
    }
  }

  /** With the repeated views, which are answered and not counted. */
  private long counted(Variant variant) {
    Flushed.await(backing.redisPort);
    return database.number(COUNTED) + variant.repeated();
  }
}
