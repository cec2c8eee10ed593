package vn.luot.admin.pages;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import vn.luot.TestSite;
import vn.luot.standalone.Postgres;

/** What PostgreSQL reads for a list, beside another site that is much larger. */
@QuarkusTest
class PagePlanTest {
  Postgres postgres;
  TestSite site;

  @BeforeEach
  void aSmallSiteBesideALargeOne() {
    site = TestSite.create(postgres);
    TestSite large = TestSite.create(postgres);
    String rows =
        """
        INSERT INTO page_views (site_id, day, page, epoch, views)
        SELECT %d, d, p, 7, p FROM generate_series(date '2026-01-01', '2026-03-31', '1 day') AS d,
          generate_series(1, %d) AS p
        """;
    site.database.execute(rows.formatted(large.id, 500));
    site.database.execute(rows.formatted(site.id, 20));
    site.database.execute("ANALYZE page_views");
  }

  private String plan(String from, String to, String sort) {
    return site.database.table(
        "EXPLAIN (ANALYZE, TIMING OFF) " + PagePlan.query(site.id, from, to, sort, null));
  }

  @Test
  void aRangeReadsTheRowsOfItsSiteAndDays() {
    for (String sort : new String[] {"-views", "visits", "-average", "path", "firstSeen"}) {
      String plan = plan("2026-02-10", "2026-02-20", sort);
      assertFalse(plan.contains("Seq Scan on page_views"), plan);
      assertTrue(plan.contains("page_views_pkey"), plan);
    }
  }

  @Test
  void aRangeBetweenPastTotalsReadsTheDaysAtItsEndsOnly() {
    site.database.execute(
        """
        INSERT INTO past_total
          SELECT %1$d, d, page, sum(views), 0
          FROM page_views, unnest('{2026-01-10,2026-01-20,2026-03-10,2026-03-20}'::date[]) AS d
          WHERE site_id = %1$d AND day <= d GROUP BY 2, 3;
        INSERT INTO past_day SELECT DISTINCT site_id, day, 20 FROM past_total WHERE site_id = %1$d
        """
            .formatted(site.id));
    String plan = plan("2026-01-08", "2026-03-21", "-views");
    // 8 to 10 January and 21 March, of 20 pages each.
    assertTrue(plan.matches("(?s).* on page_views .*rows=40\\.00 loops=2.*"), plan);
  }
}
