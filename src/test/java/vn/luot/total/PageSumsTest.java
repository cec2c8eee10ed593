package vn.luot.total;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import vn.luot.TestSite;
import vn.luot.register.SiteDay;
import vn.luot.standalone.Postgres;
import vn.luot.total.SiteSums.Asked;
import vn.luot.total.SiteSums.Sum;

@QuarkusTest
class PageSumsTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 21);

  @Inject SiteSums sums;
  Postgres postgres;

  private static void put(TestSite site, LocalDate day, int page, int epoch, long views) {
    site.database.execute(
        "INSERT INTO page_views (site_id, day, page, epoch, views) VALUES (%d, '%s', %d, %d, %d)"
            .formatted(site.id, day, page, epoch, views));
  }

  @Test
  void pagesOfManySitesAreSummedInTheOrderAskedFor() {
    TestSite one = TestSite.create(postgres);
    TestSite other = TestSite.create(postgres);
    List<Asked> asked = new ArrayList<>();
    for (int page = 1; page <= 20; page++) {
      put(one, TODAY, page, 7, page);
      put(one, TODAY.minusDays(1), page, 7, 100 + page);
      other.database.execute(
          "INSERT INTO baseline (site_id, page, path, views) VALUES (%d, %d, '/p', %d)"
              .formatted(other.id, page, 5 * page));
      put(other, TODAY, page, 6, 1000 + page);
      put(other, TODAY.minusDays(9), page, 5, 50);
      asked.add(new Asked(new SiteDay(7, other.id, TODAY), page, 6));
      asked.add(new Asked(new SiteDay(7, one.id, TODAY), page, 6));
      asked.add(new Asked(new SiteDay(7, one.id, TODAY), 1000 + page, 6));
    }
    List<Sum> found = sums.ofPages(asked).await().atMost(Duration.ofSeconds(60));
    for (int page = 1; page <= 20; page++) {
      int at = 3 * (page - 1);
      assertEquals(5L * page, found.get(at).baseline());
      assertEquals(1050 + page, found.get(at).total());
      assertEquals(0, found.get(at).current());
      assertEquals(1000 + page, found.get(at).late()[0]);
      assertEquals(100 + 2L * page, found.get(at + 1).total());
      assertEquals(page, found.get(at + 1).current());
      assertEquals(100 + page, found.get(at + 1).late()[1]);
      assertEquals(0, found.get(at + 2).baseline() + found.get(at + 2).total());
    }
  }
}
