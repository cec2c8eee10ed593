package vn.luot.bench.year;

import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import vn.luot.Database;
import vn.luot.admin.pages.PagePlan;
import vn.luot.bench.Cpu;
import vn.luot.bench.machine.Backing;
import vn.luot.bench.machine.Memory;
import vn.luot.faults.Pod;

/**
 * {@code mvn -Pbench verify -Dluot.bench=year}: how long owners wait for the numbers of a site of
 * 100,000 pages and one year. Fails where an answer takes longer than {@code
 * -Dluot.bench.limit=200} (median, milliseconds) or where a table was read from end to end. On a
 * machine that does other things as well {@code -Dluot.bench.judge=cpu} judges by the CPU time of
 * service and PostgreSQL instead.
 */
public final class YearBench implements AutoCloseable {
  private static final int PAGES = Integer.getInteger("luot.bench.pages", 100_000);
  private static final int VIEWS_A_DAY = Integer.getInteger("luot.bench.views", 40_000);
  private static final int TIMES = Integer.getInteger("luot.bench.rounds", 7);
  private static final int LIMIT = Integer.getInteger("luot.bench.limit", 200);
  private static final boolean BY_CPU = "cpu".equals(System.getProperty("luot.bench.judge"));
  private static final int DEEP = Math.min(30, PAGES / 2000);
  private static final String KEY = "operator-key-of-the-benchmark-0123456789ab";

  /** Longer than PostgreSQL's sessions keep what they counted to themselves. */
  private static final Duration STATISTICS_AFTER = Duration.ofSeconds(12);

  private static final String SCANS =
      """
      SELECT relname || '=' || seq_scan FROM pg_stat_user_tables
      WHERE relname IN ('page', 'page_total', 'page_views', 'past_total', 'vote', 'rating_total',
                        'hourly_views', 'referrer_views')
      ORDER BY 1
      """;

  private static final String OPEN_TRANSACTIONS =
      "SELECT count(*) FROM pg_stat_activity WHERE state LIKE 'idle in transaction%'"
          + " OR (state = 'active' AND query LIKE 'FETCH%')";

  private final Backing backing;
  private final Pod pod;
  private final Owner owner;
  private final Database database;
  private final YearSite site;
  private long rows;
  private final List<String> failures = new ArrayList<>();

  private YearBench(Path application, Path target) {
    backing = new Backing();
    database = new Database(backing.postgres);
    Map<String, String> settings = new TreeMap<>();
    settings.put("QUARKUS_REDIS_HOSTS", "redis://127.0.0.1:" + backing.redisPort);
    settings.put("QUARKUS_DATASOURCE_REACTIVE_URL", backing.postgres.url());
    settings.put("QUARKUS_DATASOURCE_USERNAME", backing.postgres.username());
    settings.put("QUARKUS_DATASOURCE_PASSWORD", backing.postgres.password());
    settings.put("LUOT_OPERATOR_KEY", KEY);
    settings.put("LUOT_NUMBERS_PAST_TOTALS_EVERY", "15s");
    pod = Pod.start(target, application, settings);
    owner = new Owner(pod.port(), KEY);
    site = new YearSite(database, PAGES);
  }

  /** The directories of the packaged application and of its log. */
  public static void run(Path application, Path target) throws Exception {
    Files.createDirectories(target);
    try (YearBench bench = new YearBench(application, target)) {
      bench.seed();
      bench.ask();
      bench.explain();
      if (!bench.failures.isEmpty()) {
        throw new IllegalStateException(String.join("\n", bench.failures));
      }
    }
  }

  private void seed() {
    pod.awaitStarted();
    await()
        .atMost(Duration.ofMinutes(2))
        .ignoreExceptions()
        .until(() -> database.table("SELECT to_regclass('past_total')"), "past_total"::equals);
    long begin = System.nanoTime();
    site.seed(VIEWS_A_DAY);
    pod.awaitSite(YearSite.SLUG);
    await()
        .atMost(Duration.ofMinutes(30))
        .pollInterval(Duration.ofSeconds(2))
        .until(site::isSummedUp);
    database.execute("VACUUM ANALYZE");
    rows = site.rows();
    System.out.printf(
        "%d pages: %s; filled in %d s%n",
        PAGES, site.size(), Duration.ofNanos(System.nanoTime() - begin).toSeconds());
  }

  private void ask() throws Exception {
    pause(STATISTICS_AFTER);
    String scans = database.table(SCANS);
    String path = "/admin/v1/sites/" + YearSite.SLUG;
    System.out.printf("%-82s %8s %8s %8s%n", "milliseconds", "median", "most", "CPU");
    for (String call : Questions.all()) {
      measure(call.isEmpty() ? path : path + "/" + call, owner::whole);
    }
    for (Questions.Range range : Questions.ranges()) {
      String list = path + "/pages?limit=1000&sort=-views" + range.asked();
      if (!range.name().equals("one day")) {
        measure(owner.deep(list, DEEP), owner::whole);
      }
    }
    measure(owner.deep(path + "/votes?limit=100", DEEP), owner::whole);
    measure("/admin/v1/status", owner::whole);
    measure("/admin/v1/sites", owner::whole);
    for (String call : Questions.exports()) {
      measure(path + "/" + call, this::breakOff);
    }
    export(path + "/" + Questions.LONGEST_EXPORT);
    pause(STATISTICS_AFTER);
    String after = database.table(SCANS);
    System.out.printf(
        "tables read from end to end, before: %s%nafter:  %s%n",
        scans.replace('\n', ' '), after.replace('\n', ' '));
    if (!after.equals(scans)) {
      failures.add("A table was read from end to end: " + after);
    }
  }

  private interface Asking {
    double ask(String path) throws Exception;
  }

  private void measure(String path, Asking asking) throws Exception {
    asking.ask(path);
    double[] millis = new double[TIMES];
    double cpu = cpu();
    for (int i = 0; i < TIMES; i++) {
      millis[i] = asking.ask(path);
    }
    cpu = (cpu() - cpu) / TIMES;
    Arrays.sort(millis);
    String name = path.length() > 82 ? path.substring(0, 79) + "..." : path;
    System.out.printf("%-82s %8.1f %8.1f %8.1f%n", name, millis[TIMES / 2], millis[TIMES - 1], cpu);
    if ((BY_CPU ? cpu : millis[TIMES / 2]) > LIMIT) {
      failures.add("%s: %.0f ms, %.0f ms of CPU".formatted(path, millis[TIMES / 2], cpu));
    }
  }

  /** A pod serves few exports at once: the one that is not wanted any more must have ended. */
  private double breakOff(String path) throws Exception {
    double millis = owner.firstByte(path);
    await()
        .atMost(Duration.ofMinutes(1))
        .pollInterval(Duration.ofMillis(10))
        .until(() -> database.number(OPEN_TRANSACTIONS) == 0);
    return millis;
  }

  private void export(String path) throws Exception {
    long before = Memory.mostResidentMiB(pod.pid());
    long begin = System.nanoTime();
    long exported = owner.lines(path) - 1;
    System.out.printf(
        "%s: %d rows in %.1f s; most memory resident %d MiB, %d before%n",
        path,
        exported,
        (System.nanoTime() - begin) / 1e9,
        Memory.mostResidentMiB(pod.pid()),
        before);
    if (exported != rows) {
      failures.add("%s: %d of %d rows".formatted(path, exported, rows));
    }
  }

  /** Of the service and PostgreSQL so far. */
  private double cpu() {
    Cpu cpu = Cpu.of(pod.pid(), backing.redisPid, backing.postgres.pid());
    return (cpu.service() + cpu.postgres()) / 1000;
  }

  private void explain() {
    // As the service's own connections are set up.
    database.execute("ALTER ROLE CURRENT_USER SET jit = off");
    database.execute("ALTER ROLE CURRENT_USER SET work_mem = '16MB'");
    for (Questions.Range range : Questions.ranges()) {
      for (String sort : Questions.SORTS) {
        for (String search : new String[] {null, Questions.SEARCH}) {
          String from = range.from() == null ? null : range.from().toString();
          String to = range.to() == null ? null : range.to().toString();
          String query = PagePlan.query(site.id(), from, to, sort, search);
          conclude(range.name() + " by " + sort + (search == null ? "" : ", search"), query);
        }
      }
    }
  }

  private void conclude(String name, String query) {
    String plan = database.table("EXPLAIN (ANALYZE, BUFFERS, TIMING OFF) " + query);
    List<String> buffers = plan.lines().filter(line -> line.contains("Buffers:")).toList();
    List<String> scans =
        plan.lines()
            .filter(line -> line.matches(".*Seq Scan on (page|past|vote|rating|hourly|referrer).*"))
            .filter(line -> !line.contains("past_day"))
            .map(String::strip)
            .toList();
    String time =
        plan.lines().filter(line -> line.contains("Execution Time")).findFirst().orElse("");
    System.out.printf("%-40s %s; %s%n", name, buffers.get(0).strip(), time.strip());
    scans.forEach(line -> failures.add(name + ": " + line));
  }

  private static void pause(Duration time) throws InterruptedException {
    Thread.sleep(time.toMillis());
  }

  @Override
  public void close() {
    pod.close();
    backing.close();
  }
}
