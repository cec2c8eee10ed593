package vn.luot.bench;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * How much is measured; each by a system property such as {@code -Dluot.bench.rounds=3}.
 *
 * @param parts which figures: cost, wide (256 connections), sites, latency, reads, growth, flush
 * @param repeatView seconds within which a view of the same visitor and page is not counted again
 * @param against the quarkus-run.jar of another build, in its own target directory, to be compared
 *     with; null where there is none
 * @param variants what hits are compared with: nginx, echo, naive, script, luot
 */
record Size(
    Set<String> parts,
    Set<String> variants,
    int rounds,
    int seconds,
    int warmUp,
    int connections,
    int pages,
    int visitors,
    int arrivals,
    int registers,
    int repeatView,
    Path against) {
  private static final String ALL = "cost,wide,sites,latency,reads,growth,flush";

  /** {@code -Dluot.bench=quick} takes a minute or two: the CPU of a hit beside the echo's. */
  static Size given() {
    boolean quick = "quick".equals(System.getProperty("luot.bench"));
    return new Size(
        names("parts", quick ? "cost" : ALL),
        names("variants", quick ? "echo,luot" : "nginx,echo,naive,script,luot"),
        number("rounds", quick ? 7 : 5),
        number("seconds", quick ? 3 : 10),
        number("warmUp", quick ? 12 : 25),
        number("connections", 64),
        number("pages", 10_000),
        number("visitors", 100_000),
        number("arrivals", 10_000),
        number("registers", 1_000_000),
        number("repeatView", 10),
        Optional.ofNullable(System.getProperty("luot.bench.against")).map(Path::of).orElse(null));
  }

  private static int number(String name, int usual) {
    return Integer.getInteger("luot.bench." + name, usual);
  }

  private static Set<String> names(String name, String usual) {
    String given = System.getProperty("luot.bench." + name, usual);
    return new TreeSet<>(Arrays.asList(given.split(",")));
  }
}
