package vn.luot.admin.month;

import static org.hamcrest.Matchers.contains;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static vn.luot.admin.OperatorKey.asOperator;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.LocalDate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import vn.luot.TestSite;
import vn.luot.standalone.Postgres;
import vn.luot.standalone.Stores;

@QuarkusTest
@WithTestResource(value = Stores.class, scope = TestResourceScope.GLOBAL)
class MonthSumsTest {
  private static final String RANGE = "pages?sort=path&from=2026-01-10&to=2026-04-10";

  @Inject MonthSchedule schedule;
  @Inject MonthSums months;

  Postgres postgres;
  TestSite site;

  @BeforeEach
  void twoPagesOverFourMonths() {
    site = TestSite.create(postgres);
    site.database.execute(
        """
        INSERT INTO page VALUES (%1$d, 1, '/a', NULL, now()), (%1$d, 2, '/b', NULL, now());
        INSERT INTO page_views (site_id, day, page, epoch, views, visits)
        SELECT %1$d, d, p, 7, p, 1 FROM generate_series(date '2026-01-01', '2026-04-30', '1 day') AS d,
          generate_series(1, 2) AS p
        """
            .formatted(site.id));
  }

  private void assertViews(int first, int second) {
    asOperator()
        .get("/admin/v1/sites/" + site.slug + "/" + RANGE)
        .then()
        .statusCode(200)
        .body("pages.views", contains(first, second))
        .body("pages.visits[0]", org.hamcrest.Matchers.equalTo(first));
  }

  private String done() {
    return site.database.table(
        "SELECT month FROM page_month_done WHERE site_id = "
            + site.id
            + " AND month < '2026-05-01' ORDER BY 1");
  }

  @Test
  void aRangeIsTheSameBeforeAndAfterItsMonthsAreSummedUp() {
    assertViews(91, 182);
    schedule.sumDue().await().indefinitely();
    assertEquals("2026-01-01\n2026-02-01\n2026-03-01\n2026-04-01", done());
    assertViews(91, 182);
  }

  @Test
  void aLateViewCountsFromTheSameCommitOn() {
    schedule.sumDue().await().indefinitely();
    site.database.execute(
        "INSERT INTO page_views (site_id, day, page, epoch, views, visits) VALUES (%d, '2026-02-28', 1, 8, 9, 9)"
            .formatted(site.id));
    assertEquals("2026-01-01", done());
    assertViews(100, 182);
    site.database.execute(
        "UPDATE page_views SET views = 10, visits = 10 WHERE epoch = 8 AND site_id = " + site.id);
    assertViews(101, 182);
    schedule.sumDue().await().indefinitely();
    assertViews(101, 182);
  }

  @Test
  void summingUpTwiceChangesNothing() {
    var march = new MonthSums.Month(site.id, LocalDate.of(2026, 3, 1));
    months.sum(march).await().indefinitely();
    site.database.execute("DELETE FROM page_month_done WHERE site_id = " + site.id);
    months.sum(march).await().indefinitely();
    assertEquals(
        "1 31 31\n2 62 31",
        site.database.table(
            "SELECT page, views, visits FROM page_month WHERE site_id = "
                + site.id
                + " ORDER BY 1"));
  }

  @Test
  void theMostReadPagesOfAYearUseTheSums() {
    schedule.sumDue().await().indefinitely();
    int year = LocalDate.now().getYear();
    int fromMonths = year == 2026 ? 240 : 0;
    if (fromMonths > 0) {
      site.asPage()
          .get(site.path("pages/top?period=year"))
          .then()
          .body("pages.views", contains(fromMonths, fromMonths / 2));
    }
  }
}
