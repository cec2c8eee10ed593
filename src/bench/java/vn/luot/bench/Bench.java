package vn.luot.bench;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import vn.luot.bench.load.Pace;
import vn.luot.bench.load.Target;
import vn.luot.bench.load.Wrk;
import vn.luot.bench.machine.Backing;
import vn.luot.bench.machine.Compilers;
import vn.luot.bench.machine.Memory;
import vn.luot.bench.year.YearBench;

/** {@code mvn -Pbench verify}: what a counted hit costs, beside a JSON POST that does nothing. */
public final class Bench {
  private static final int MANY_CONNECTIONS = 256;
  private static final int MANY_SITES = 200;
  private static final double WARM_COMPILING = 0.03;
  private static final int MOST_WARM_UPS = 12;

  private final Size size;
  private final Variants variants;
  private final Report report;

  private Bench(Size size, Variants variants, Report report) {
    this.size = size;
    this.variants = variants;
    this.report = report;
  }

  /** The directories of the application that has the variants, and of logs and results. */
  public static void main(String[] arguments) throws Exception {
    Path target = Path.of(arguments[1]);
    Files.createDirectories(target);
    // Maven runs this in a class loader that JDBC does not search by itself.
    Class.forName("org.postgresql.Driver");
    if ("year".equals(System.getProperty("luot.bench"))) {
      YearBench.run(Path.of(arguments[0]), target);
      return;
    }
    Size size = Size.given();
    Report report = new Report();
    try (Backing backing = new Backing();
        Variants variants = new Variants(size, backing, Path.of(arguments[0]), target)) {
      report.note("size", size);
      report.note("redis", backing.redisName);
      report.note("postgres", "embedded");
      report.note("generator", Wrk.isInstalled() ? "wrk" : "own");
      report.note("cores", Runtime.getRuntime().availableProcessors());
      new Bench(size, variants, report).run(backing);
      report.note("load of the machine", load());
    } finally {
      report.write(target.resolve("bench.json"));
    }
  }

  private static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }

  private void run(Backing backing) {
    Pace pace = Pace.closed(size.connections(), size.seconds());
    part("cost", () -> compare("hits", List.copyOf(variants.all.values()), pace));
    Pace wide = Pace.closed(MANY_CONNECTIONS, size.seconds());
    part("wide", () -> compare(MANY_CONNECTIONS + " connections", echoAndLuot(), wide));
    part("sites", () -> compare(MANY_SITES + " sites", overManySites(), pace));
    part("latency", () -> new Latency(size, report).measure(echoAndLuot()));
    part("reads", () -> new Reads(size, report).measure(echo(), variants));
    part("growth", () -> new Growth(size, report).measure(variants));
    part("flush", () -> new FlushSpeed(size, report, backing).measure(variants));
  }

  private void part(String name, Runnable part) {
    if (size.parts().contains(name)) {
      System.out.printf("%n%s, load %.1f%n", name, load());
      part.run();
    }
  }

  private Variant echo() {
    return variants.all.get("echo");
  }

  private List<Variant> echoAndLuot() {
    return List.of(echo(), variants.all.get("luot"));
  }

  /** The same load spread over them; and each with as many pages and visitors as the one site. */
  private List<Variant> overManySites() {
    for (int i = 1; i <= MANY_SITES; i++) {
      variants.register("many" + i);
    }
    variants.luot.awaitSite("many" + MANY_SITES);
    Variant luot = variants.all.get("luot");
    Target whole = luot.target().withSites(Variants.hitsOf("many%d"), MANY_SITES);
    Target spread = whole.withReaders(size.pages() / MANY_SITES, size.visitors() / MANY_SITES);
    return List.of(echo(), luot.with(spread), luot.with("luot, each whole", whole));
  }

  /** Until the JVM's compilers rest: on a busy machine they would go on during the rounds. */
  private void warmUp(Variant variant, Pace pace) {
    Pace once = Pace.closed(pace.connections(), size.warmUp());
    double share = 1;
    for (int i = 1; i <= MOST_WARM_UPS && share > WARM_COMPILING; i++) {
      double compiledBefore = Compilers.micros(variant.pid());
      double before = variant.cpu().service();
      variant.load(once, i);
      share =
          (Compilers.micros(variant.pid()) - compiledBefore) / (variant.cpu().service() - before);
    }
    System.out.printf("%s is warm: %.1f %% of its CPU compiles%n", variant.name(), 100 * share);
  }

  /** All of them in turn, so that a round's ratios were measured under the same conditions. */
  private void compare(String title, List<Variant> compared, Pace pace) {
    Map<String, List<Round>> rounds = new LinkedHashMap<>();
    for (Variant variant : compared) {
      warmUp(variant, pace);
      rounds.put(variant.name(), new ArrayList<>());
    }
    for (int round = 1; round <= size.rounds(); round++) {
      for (Variant variant : compared) {
        Round measured = variant.measure(pace, 1_000L * round);
        rounds.get(variant.name()).add(measured);
        System.out.printf("round %d, %s: %s%n", round, variant.name(), measured);
      }
    }
    report.table(title, rounds, rounds.containsKey(Variants.AGAINST) ? Variants.AGAINST : "echo");
    Variant last = compared.get(compared.size() - 1);
    report.note(
        last.name() + ", " + title + ": resident MiB now, at most",
        List.of(Memory.residentMiB(last.pid()), Memory.mostResidentMiB(last.pid())));
  }
}
