package vn.luot.admin.pages;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.ZoneId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import vn.luot.TestSite;
import vn.luot.admin.numbers.Span;
import vn.luot.standalone.Postgres;
import vn.luot.standalone.Stores;

/** What PostgreSQL reads for a list, beside another site that is much larger. */
@QuarkusTest
@WithTestResource(value = Stores.class, scope = TestResourceScope.GLOBAL)
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
    Span span = Span.of(from, to, ZoneId.of("Asia/Ho_Chi_Minh"));
    PageQuery query =
        new PageQuery(site.id, PagesAsked.of(span, PageSort.of(sort), null, 50, null));
    String sql = query.sql();
    Tuple values = query.values();
    for (int i = values.size(); i > 0; i--) {
      Object value = values.getValue(i - 1);
      String written = value instanceof Number ? value.toString() : "'" + value + "'";
      sql = sql.replace("$" + i, written);
    }
    return site.database.table("EXPLAIN (ANALYZE, TIMING OFF) " + sql);
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
  void monthsThatAreSummedUpReadNoDays() {
    site.database.execute(
        """
        INSERT INTO page_month
          SELECT site_id, date_trunc('month', day), page, sum(views), 0 FROM page_views
          WHERE site_id = %1$d GROUP BY 1, 2, 3;
        INSERT INTO page_month_done SELECT DISTINCT site_id, month FROM page_month WHERE site_id = %1$d
        """
            .formatted(site.id));
    String plan = plan("2026-01-01", "2026-03-31", "-views");
    assertTrue(
        plan.lines()
            .filter(line -> line.contains(" on page_views"))
            .allMatch(line -> line.contains("never executed")),
        plan);
  }
}
