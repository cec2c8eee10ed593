package vn.luot.bench;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import vn.luot.bench.load.Answers;
import vn.luot.bench.load.Generator;
import vn.luot.bench.load.Pace;

/** What pages read: the counters, and the views of a list of a hundred pages. */
final class Reads {
  private static final int LISTS_PER_SECOND = 200;

  private final Size size;
  private final Report report;

  Reads(Size size, Report report) {
    this.size = size;
    this.report = report;
  }

  void measure(Variant echo, Variants variants) {
    Pace closed = Pace.closed(size.connections(), size.seconds());
    int port = variants.luot.port();
    String site = "/v1/sites/" + Variants.SITE;
    String list =
        IntStream.rangeClosed(1, 100)
            .mapToObj(i -> "path=/tin-tuc/bai-" + i)
            .collect(Collectors.joining("&", site + "/pages?", ""));
    Pace warmUp = Pace.closed(size.connections(), size.warmUp());
    Generator.hits(echo.target(), warmUp, 0);
    Generator.get(port, site + "/counters", warmUp);
    Generator.get(port, list, warmUp);
    for (int round = 1; round <= size.rounds(); round++) {
      Answers echoed = Generator.hits(echo.target(), closed, round);
      Answers read = Generator.get(port, site + "/counters", closed);
      report.note("echo " + round, echoed);
      report.note("counters " + round, read);
      report.note("counters/echo " + round, read.perSecond() / echoed.perSecond());
      Pace lists = new Pace(size.connections(), LISTS_PER_SECOND, size.seconds());
      report.note(
          "echo at the pace of lists " + round, Generator.hits(echo.target(), lists, round));
      report.note("100 pages " + round, Generator.get(port, list, lists));
    }
  }
}
