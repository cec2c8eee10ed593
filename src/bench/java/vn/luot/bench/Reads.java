package vn.luot.bench;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import vn.luot.bench.load.Answers;
import vn.luot.bench.load.Generator;
import vn.luot.bench.load.Pace;

/** What pages read: the counters, and the views of a list of a hundred pages. */
final class Reads {
  private static final int LISTS_PER_SECOND = 200;

  /** One is asked for again when it is not shared any more. */
  private static final int OTHER_LISTS = 600;

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
    List<String> counters = List.of(site + "/counters");
    List<String> list = List.of(list(site, 1));
    List<String> lists =
        IntStream.rangeClosed(1, OTHER_LISTS).mapToObj(first -> list(site, first)).toList();
    Pace warmUp = Pace.closed(size.connections(), size.warmUp());
    Generator.hits(echo.target(), warmUp, 0);
    Generator.get(port, counters, warmUp);
    Generator.get(port, lists, warmUp);
    for (int round = 1; round <= size.rounds(); round++) {
      Answers echoed = Generator.hits(echo.target(), closed, round);
      Answers read = Generator.get(port, counters, closed);
      report.note("echo " + round, echoed);
      report.note("counters " + round, read);
      report.note("counters/echo " + round, read.perSecond() / echoed.perSecond());
      Pace paced = new Pace(size.connections(), LISTS_PER_SECOND, size.seconds());
      report.note(
          "echo at the pace of lists " + round, Generator.hits(echo.target(), paced, round));
      report.note("100 pages " + round, Generator.get(port, list, paced));
      report.note("100 pages, each list another " + round, Generator.get(port, lists, paced));
    }
  }

  private static String list(String site, int first) {
    return IntStream.range(first, first + 100)
        .mapToObj(i -> "path=/tin-tuc/bai-" + i)
        .collect(Collectors.joining("&", site + "/pages?", ""));
  }
}
