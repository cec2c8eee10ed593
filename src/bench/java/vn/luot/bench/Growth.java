package vn.luot.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import vn.luot.bench.load.Pace;
import vn.luot.bench.machine.Memory;

/** Whether a hit costs more where there are more pages, visitors and sites. */
final class Growth {
  private static final int FEW = 1_000;
  private static final int MANY = 1_000_000;
  private static final String REGISTER_SITES =
      "INSERT INTO site (rules) SELECT jsonb_build_object('id', 'more' || i, 'name', 'Bench',"
          + " 'origins', ARRAY['https://a.example']) FROM generate_series(1, 10000) AS i";

  private final Size size;
  private final Report report;

  Growth(Size size, Report report) {
    this.size = size;
    this.report = report;
  }

  /** Few and many in turn, once all are filled: the compiler is done with what they share. */
  void measure(Variants variants) {
    Variant few = filled(variants, "few", FEW);
    Variant many = filled(variants, "much", MANY);
    Map<String, List<Round>> rounds = new LinkedHashMap<>();
    for (int round = 1; round <= size.rounds(); round++) {
      measure(rounds, "10^3", few, round);
      measure(rounds, "10^6", many, round);
    }
    variants.database.execute(REGISTER_SITES);
    Variant last = filled(variants, "last", FEW);
    for (int round = 1; round <= size.rounds(); round++) {
      measure(rounds, "10^3, 10^4 sites", last, round);
    }
    report.table("growth", rounds, "10^3");
    Variant luot = variants.all.get("luot");
    report.note("bytes allocated per hit", allocated(variants, luot));
    report.note("resident MiB of the service", Memory.mostResidentMiB(luot.pid()));
  }

  private void measure(Map<String, List<Round>> rounds, String name, Variant its, int round) {
    Round measured = its.measure(Pace.closed(size.connections(), size.seconds()), round);
    rounds.computeIfAbsent(name, n -> new ArrayList<>()).add(measured);
  }

  private Variant filled(Variants variants, String site, int readers) {
    variants.register(site);
    variants.luot.awaitSite(site);
    Variant luot = variants.all.get("luot");
    Variant its =
        luot.with(luot.target().withSites(Variants.hitsOf(site), 1).withReaders(readers, readers));
    fill(its, readers);
    its.load(Pace.closed(size.connections(), 2 * size.warmUp()), 0);
    return its;
  }

  /**
   * Lets every page be viewed and every visitor view one, so that what is measured is what a hit
   * costs where they all exist, not what it costs to make them.
   */
  private void fill(Variant its, int readers) {
    Pace once = Pace.closed(size.connections(), size.seconds());
    for (int from = 0; from < readers; ) {
      from += (int) its.with(its.target().inOrder(from)).load(once, 0).answered();
    }
  }

  private double allocated(Variants variants, Variant luot) {
    double before = variants.luot.metric("jvm_gc_memory_allocated_bytes_total");
    long answered = luot.load(Pace.closed(size.connections(), size.seconds()), 1).answered();
    return (variants.luot.metric("jvm_gc_memory_allocated_bytes_total") - before) / answered;
  }
}
