package vn.luot.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import vn.luot.bench.load.Answers;
import vn.luot.bench.load.Pace;

/** How long a hit takes where hits come when they come. */
final class Latency {
  private static final int CONNECTIONS = 256;
  private static final int LONE = 20;

  private final Size size;
  private final Report report;

  Latency(Size size, Report report) {
    this.size = size;
    this.report = report;
  }

  void measure(List<Variant> variants) {
    variants.forEach(variant -> variant.load(Pace.closed(CONNECTIONS, 2 * size.warmUp()), 0));
    measure("open loop, " + size.arrivals() + "/s", variants, size.arrivals());
    measure("lone hits, " + LONE + "/s", variants, LONE);
  }

  private void measure(String title, List<Variant> variants, int perSecond) {
    Pace pace = new Pace(CONNECTIONS, perSecond, size.seconds());
    Map<String, Object> answers = new LinkedHashMap<>();
    variants.forEach(variant -> variant.load(pace, 1));
    for (int round = 1; round <= size.rounds(); round++) {
      for (Variant variant : variants) {
        Answers seen = variant.load(pace, round);
        answers.put(variant.name() + " " + round, seen);
        System.out.printf("%s, %s: %s%n", title, variant.name(), seen);
      }
    }
    report.note(title, answers);
  }
}
