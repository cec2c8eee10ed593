package vn.luot.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** The table and {@code bench.json}: medians with their range, and ratios round by round. */
final class Report {
  private static final Map<String, ToDoubleFunction<Round>> COLUMNS = new LinkedHashMap<>();

  static {
    COLUMNS.put("requests/s", Round::perSecond);
    COLUMNS.put("service us/request", Round::service);
    COLUMNS.put("redis us/request", Round::redis);
    COLUMNS.put("postgres us/request", Round::postgres);
    COLUMNS.put("p50 us", Round::p50);
    COLUMNS.put("p99 us", Round::p99);
  }

  private final List<Variant> variants;
  private final Size size;
  private final String redis;

  /** The first variant is the limit that the others are compared with. */
  Report(List<Variant> variants, Size size, String redis) {
    this.variants = variants;
    this.size = size;
    this.redis = redis;
  }

  void write(Path file) throws IOException {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("size", size);
    all.put("redis", redis);
    all.put("cores", Runtime.getRuntime().availableProcessors());
    System.out.printf("%n%-20s", "");
    variants.forEach(variant -> System.out.printf("%34s", variant.name));
    System.out.printf("%34s%n", "ratio");
    COLUMNS.forEach(
        (name, column) -> {
          Map<String, Object> row = new LinkedHashMap<>();
          System.out.printf("%-20s", name);
          for (Variant variant : variants) {
            cell(row, variant.name, variant.rounds.stream().mapToDouble(column).toArray());
          }
          cell(row, "ratio", ratios(column));
          System.out.println();
          all.put(name, row);
        });
    for (Variant variant : variants) {
      all.put("rounds of " + variant.name, variant.rounds);
    }
    new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(file.toFile(), all);
  }

  private double[] ratios(ToDoubleFunction<Round> column) {
    List<Round> limit = variants.get(0).rounds;
    List<Round> last = variants.get(variants.size() - 1).rounds;
    return IntStream.range(0, limit.size())
        .mapToDouble(i -> column.applyAsDouble(last.get(i)) / column.applyAsDouble(limit.get(i)))
        .filter(Double::isFinite)
        .toArray();
  }

  private static void cell(Map<String, Object> row, String name, double[] values) {
    double[] sorted =
        IntStream.range(0, values.length).mapToDouble(i -> values[i]).sorted().toArray();
    if (sorted.length == 0) {
      System.out.printf("%34s", "-");
      return;
    }
    double median = (sorted[sorted.length / 2] + sorted[(sorted.length - 1) / 2]) / 2;
    System.out.printf(
        "%34s", "%.2f (%.2f to %.2f)".formatted(median, sorted[0], sorted[sorted.length - 1]));
    row.put(name, Map.of("median", median, "least", sorted[0], "most", sorted[sorted.length - 1]));
  }
}
