package vn.luot.flush;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import vn.luot.TestSite;
import vn.luot.standalone.Postgres;
import vn.luot.standalone.Stores;
import vn.luot.total.HourlyViews;
import vn.luot.total.PageViews;

/** Two flushers that merge the same registers in random order, each of them twice. */
@QuarkusTest
@WithTestResource(value = Stores.class, scope = TestResourceScope.GLOBAL)
class FlushOrderTest {
  private static final int ROUNDS = 60;
  private static final int PAGES = 300;
  private static final int HOURS = 48;
  private static final LocalDate DAY = LocalDate.of(2026, 3, 1);

  @Inject PageViews pages;
  @Inject HourlyViews hours;

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
        merges.add(pages.merge(site.id, DAY, 1 + i % 2, pages(value, random)));
        merges.add(hours.merge(hours(site.id, value, random)));
      }
      merges.add(pages.merge(site.id, DAY, 1, pages(round, random)));
      merges.add(pages.merge(site.id, DAY, 2, pages(round, random)));
      merges.add(hours.merge(hours(site.id, round, random)));
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

  private static List<PageViews.Row> pages(long views, Random random) {
    List<PageViews.Row> rows = new ArrayList<>();
    for (int page = 0; page < PAGES; page++) {
      rows.add(new PageViews.Row(page, views, 0));
    }
    Collections.shuffle(rows, random);
    return rows;
  }

  private static List<HourlyViews.Row> hours(int site, long views, Random random) {
    List<HourlyViews.Row> rows = new ArrayList<>();
    for (int hour = 0; hour < HOURS; hour++) {
      LocalDate day = DAY.plusDays(hour / 24);
      rows.add(
          new HourlyViews.Row(
              site, day, 1_772_300_000L / 3600 * 3600 + hour * 3600L, 1, views, 0, 0));
    }
    Collections.shuffle(rows, random);
    return rows;
  }
}
