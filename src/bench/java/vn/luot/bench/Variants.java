package vn.luot.bench;

import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import vn.luot.Database;
import vn.luot.bench.load.Target;
import vn.luot.bench.machine.Backing;
import vn.luot.bench.machine.Nginx;
import vn.luot.faults.Flushed;
import vn.luot.faults.Pod;
import vn.luot.faults.RedisCommand;

/** Everything that takes hits, each in a process of its own, and sites for them. */
final class Variants implements AutoCloseable {
  static final String SITE = "bench";
  static final String AGAINST = "against";

  private static final String COUNTED = "SELECT coalesce(sum(views), 0) FROM site_total";

  private final Size size;
  private final Backing backing;
  private final Path application;
  private final Path target;
  private final List<AutoCloseable> started = new ArrayList<>();
  final Database database;
  final Map<String, Variant> all = new LinkedHashMap<>();
  final Pod luot;

  /** {@code application} has the echo and the other variants; {@code target} is for logs. */
  Variants(Size size, Backing backing, Path application, Path target) {
    this.size = size;
    this.backing = backing;
    this.application = application;
    this.target = target;
    this.database = new Database(backing.postgres);
    if (size.variants().contains("nginx") && Nginx.isInstalled()) {
      Nginx nginx = new Nginx();
      started.add(nginx);
      add("nginx", nginx.pid(), nginx.port, "/", null);
    }
    luot = pod(application, backing, 0);
    addPod("echo", 1, "/echo", null);
    addPod("naive", 2, "/naive", () -> kept(2));
    addPod("script", 3, "/script", () -> kept(3));
    luot.awaitStarted();
    register(SITE);
    luot.awaitSite(SITE);
    add("luot", luot.pid(), luot.port(), hitsOf(SITE), () -> counted(backing, database, luot));
    if (size.against() != null) {
      addOther(size.against());
    }
  }

  /** Another build beside this one, on stores of its own: its tables may be others. */
  private void addOther(Path jar) {
    Backing own = new Backing();
    Pod pod = pod(jar.toAbsolutePath().getParent(), own, 0);
    started.add(own);
    Database its = new Database(own.postgres);
    pod.awaitStarted();
    register(its, SITE);
    pod.awaitSite(SITE);
    add(AGAINST, pod.pid(), pod.port(), hitsOf(SITE), own, () -> counted(own, its, pod));
  }

  static String hitsOf(String site) {
    return "/v1/sites/" + site + "/hits";
  }

  private void addPod(String name, int database, String path, LongSupplier counted) {
    if (size.variants().contains(name)) {
      // Databases of their own: what one finds to be flushed must not be another's work.
      Pod pod = pod(application, backing, database);
      pod.awaitStarted();
      add(name, pod.pid(), pod.port(), path, counted);
    }
  }

  private void add(String name, long pid, int port, String path, LongSupplier counted) {
    add(name, pid, port, path, backing, counted);
  }

  private void add(
      String name, long pid, int port, String path, Backing stores, LongSupplier counted) {
    Target hits = new Target(port, path, 1, size.pages(), size.visitors(), Target.AT_RANDOM);
    all.put(name, new Variant(name, pid, hits, stores, counted));
  }

  private Pod pod(Path application, Backing backing, int redisDatabase) {
    Map<String, String> settings = new HashMap<>();
    settings.put(
        "QUARKUS_REDIS_HOSTS",
        "redis://127.0.0.1:%d/%d".formatted(backing.redisPort, redisDatabase));
    settings.put("QUARKUS_DATASOURCE_REACTIVE_URL", backing.postgres.url());
    settings.put("QUARKUS_DATASOURCE_USERNAME", backing.postgres.username());
    settings.put("QUARKUS_DATASOURCE_PASSWORD", backing.postgres.password());
    // As a pod is deployed.
    settings.put("QUARKUS_VERTX_EVENT_LOOPS_POOL_SIZE", "1");
    // Many visitors from one machine: their addresses are vouched for as by a proxy.
    settings.put("LUOT_VISITOR_TRUSTED_PROXIES", "127.0.0.1");
    settings.put("LUOT_LIVE_PAGES_PER_DAY", "3000000");
    settings.put("LUOT_LIVE_VISITORS_PRESENT", "3000000");
    Pod pod = Pod.start(target, application, settings);
    started.add(pod);
    return pod;
  }

  /** Once the tables exist. */
  void register(String slug) {
    register(database, slug);
  }

  private void register(Database database, String slug) {
    String register =
        """
        INSERT INTO site (rules)
        VALUES ('{"id":"%s","name":"Bench","origins":["https://portal.example"],"repeatViewSeconds":%d,"clientHitsPerMinute":60000}')
        """
            .formatted(slug, size.repeatView());
    await()
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptions()
        .until(
            () -> {
              database.execute(register);
              return true;
            });
  }

  /** With the repeated views, which are answered and not counted. */
  private static long counted(Backing backing, Database database, Pod pod) {
    Flushed.await(backing.redisPort);
    return database.number(COUNTED) + pod.metric("luot_hits_repeated_total");
  }

  private long kept(int redisDatabase) {
    String views = RedisCommand.in(backing.redisPort, redisDatabase, "GET", "views");
    return views == null ? 0 : Long.parseLong(views);
  }

  @Override
  public void close() throws Exception {
    for (AutoCloseable one : started) {
      one.close();
    }
  }
}
