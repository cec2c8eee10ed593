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

  void measure(Variants variants) {
    Variant luot = variants.all.get("luot");
    Map<String, List<Round>> rounds = new LinkedHashMap<>();
    rounds.put("10^3", rounds(variants, luot, "few", FEW));
    rounds.put("10^6", rounds(variants, luot, "much", MANY));
    variants.database.execute(REGISTER_SITES);
    rounds.put("10^3, 10^4 sites", rounds(variants, luot, "last", FEW));
    report.table("growth", rounds, "10^3");
    report.note("bytes allocated per hit", allocated(variants, luot));
    report.note("resident MiB of the service", Memory.mostResidentMiB(luot.pid()));
  }

  private List<Round> rounds(Variants variants, Variant luot, String site, int readers) {
    variants.register(site);
    variants.luot.awaitSite(site);
    Variant its =
        luot.with(luot.target().withSites(Variants.hitsOf(site), 1).withReaders(readers, readers));
    fill(its, readers);
    its.load(Pace.closed(size.connections(), 2 * size.warmUp()), 0);
    List<Round> rounds = new ArrayList<>();
    for (int round = 1; round <= size.rounds(); round++) {
      rounds.add(its.measure(Pace.closed(size.connections(), size.seconds()), round));
    }
    return rounds;
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
