package vn.luot.flush;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import vn.luot.TestSite;
import vn.luot.register.Kind;
import vn.luot.register.Register;
import vn.luot.register.RegisterTables;
import vn.luot.register.SiteDay;
import vn.luot.standalone.Postgres;

/** Two flushers that merge the same registers in random order, each of them twice. */
@QuarkusTest
class FlushOrderTest {
  private static final int ROUNDS = 60;
  private static final int PAGES = 300;
  private static final int HOURS = 48;
  private static final LocalDate DAY = LocalDate.of(2026, 3, 1);

  @Inject RegisterTables tables;

  Postgres postgres;

  @Test
  void twoFlushersInAnyOrderNeitherDeadlockNorAddAnything() {
    TestSite site = TestSite.create(postgres);
    long deadlocks = deadlocks(site);
    Random random = new Random(1);
    for (int round = 1; round <= ROUNDS; round++) {
      List<Uni<Void>> merges = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        // Older values arrive late: each flusher has read the registers at another time.
        long value = Math.max(1, round - random.nextInt(3));
        merges.add(pages(site, 1 + i % 2, value, random));
        merges.add(hours(site, DAY, value, random));
        merges.add(hours(site, DAY.plusDays(1), value, random));
      }
      merges.add(pages(site, 1, round, random));
      merges.add(pages(site, 2, round, random));
      merges.add(hours(site, DAY, round, random));
      merges.add(hours(site, DAY.plusDays(1), round, random));
      Collections.shuffle(merges, random);
      Uni.join().all(merges).andCollectFailures().await().indefinitely();
    }
    assertEquals(deadlocks, deadlocks(site));
    assertEquals(2L * PAGES * ROUNDS, sum(site, "page_total"));
    assertEquals((long) HOURS * ROUNDS, sum(site, "site_total"));
  }

  private static long deadlocks(TestSite site) {
    return site.database.number(
        "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()");
  }

  private static long sum(TestSite site, String table) {
    return site.database.number("SELECT sum(views) FROM " + table + " WHERE site_id = " + site.id);
  }

  private Uni<Void> pages(TestSite site, long epoch, long views, Random random) {
    List<Register> rows = new ArrayList<>();
    for (int page = 0; page < PAGES; page++) {
      rows.add(new Register(Integer.toString(page), views, 0));
    }
    Collections.shuffle(rows, random);
    return tables.merge(Kind.PAGES, new SiteDay(epoch, site.id, DAY), rows);
  }

  private Uni<Void> hours(TestSite site, LocalDate day, long views, Random random) {
    List<Register> rows = new ArrayList<>();
    for (int hour = 0; hour < HOURS / 2; hour++) {
      long begin = day.atStartOfDay().toEpochSecond(ZoneOffset.UTC) + hour * 3600L;
      rows.add(new Register(Long.toString(begin), views, 0, 0, 0));
    }
    Collections.shuffle(rows, random);
    return tables.merge(Kind.HOURS, new SiteDay(1, site.id, day), rows);
  }
}
