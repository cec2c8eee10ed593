package vn.luot.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** The tables and {@code bench.json}: medians with their range, and ratios round by round. */
final class Report {
  private static final Map<String, ToDoubleFunction<Round>> COLUMNS = new LinkedHashMap<>();

  static {
    COLUMNS.put("requests/s", Round::perSecond);
    COLUMNS.put("service us", Round::service);
    COLUMNS.put("redis us", Round::redis);
    COLUMNS.put("service+redis us", round -> round.service() + round.redis());
    COLUMNS.put("postgres us", Round::postgres);
    COLUMNS.put("p50 us", Round::p50);
    COLUMNS.put("p99 us", Round::p99);
  }

  private final Map<String, Object> all = new LinkedHashMap<>();

  void note(String name, Object value) {
    all.put(name, value);
    System.out.printf("%s: %s%n", name, value);
  }

  /** {@code rounds} by variant; ratios are to {@code limit}. */
  void table(String title, Map<String, List<Round>> rounds, String limit) {
    Map<String, Object> table = new LinkedHashMap<>();
    System.out.printf("%n%-16s", title);
    COLUMNS.keySet().forEach(name -> System.out.printf("%28s", name));
    System.out.println();
    rounds.forEach((name, its) -> table.put(name, row(name, its, null)));
    rounds.forEach(
        (name, its) -> {
          if (!name.equals(limit) && rounds.containsKey(limit)) {
            String ratio = name + "/" + limit;
            table.put(ratio, row(ratio, its, rounds.get(limit)));
          }
        });
    table.put("rounds", rounds);
    all.put(title, table);
  }

  private static Map<String, Object> row(String name, List<Round> rounds, List<Round> limits) {
    Map<String, Object> row = new LinkedHashMap<>();
    System.out.printf("%-16s", name);
    COLUMNS.forEach((title, column) -> cell(row, title, values(rounds, limits, column)));
    System.out.println();
    return row;
  }

  private static double[] values(
      List<Round> rounds, List<Round> limits, ToDoubleFunction<Round> column) {
    return IntStream.range(0, rounds.size())
        .mapToDouble(
            i ->
                column.applyAsDouble(rounds.get(i))
                    / (limits == null ? 1 : column.applyAsDouble(limits.get(i))))
        .filter(Double::isFinite)
        .sorted()
        .toArray();
  }

  private static void cell(Map<String, Object> row, String name, double[] sorted) {
    if (sorted.length == 0) {
      System.out.printf("%28s", "-");
      return;
    }
    double median = (sorted[sorted.length / 2] + sorted[(sorted.length - 1) / 2]) / 2;
    double most = sorted[sorted.length - 1];
    String form =
        Arrays.stream(sorted).max().getAsDouble() < 100
            ? "%.2f (%.2f to %.2f)"
            : "%.0f (%.0f to %.0f)";
    System.out.printf("%28s", form.formatted(median, sorted[0], most));
    row.put(name, Map.of("median", median, "least", sorted[0], "most", most));
  }

  void write(Path file) throws IOException {
    new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(file.toFile(), all);
  }
}
