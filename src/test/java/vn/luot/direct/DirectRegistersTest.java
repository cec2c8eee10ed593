package vn.luot.direct;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import vn.luot.SampleSite;
import vn.luot.direct.DirectCounts.DirectHit;
import vn.luot.site.Period;
import vn.luot.site.Site;
import vn.luot.site.page.Measure;
import vn.luot.site.page.Page;

class DirectRegistersTest {
  private static final Site SITE = SampleSite.servedAt();
  private static final Page PAGE = Page.of("/a");

  private static DirectHit hit(Page page) {
    Period period = Period.at(ZoneOffset.UTC, 3_600_000);
    return new DirectHit(SITE, page, null, period, new CompletableFuture<>());
  }

  @Test
  void aDownloadIsNoViewOfTheHour() {
    DirectRegisters registers = new DirectRegisters(7, 2);
    List.of(PAGE, PAGE.counting(Measure.DOWNLOADS), PAGE.counting(Measure.DOWNLOADS))
        .forEach(page -> registers.add(hit(page), 0));
    List<String> counts = new ArrayList<>();
    for (var changed : registers.changes().registers()) {
      for (var register : changed.registers()) {
        counts.add(changed.kind() + Arrays.toString(register.counts()));
      }
    }
    assertEquals(
        List.of("HOURS[1, 0, 0, 2]", "PAGES[1, 0]", "PAGES[2, 0]"),
        counts.stream().sorted().toList());
  }
}
