package vn.luot.admin.upkeep;

import static org.hamcrest.Matchers.contains;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static vn.luot.admin.OperatorKey.asOperator;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import vn.luot.TestSite;
import vn.luot.standalone.Postgres;

@QuarkusTest
class PastTotalsTest {
  @Inject PastTotals totals;

  Postgres postgres;
  TestSite site;

  /** 40 days of two pages each, from 2026-01-01, so that 10 rows make a past total every 5 days. */
  @BeforeEach
  void twoPagesOnFortyDays() {
    site = TestSite.create(postgres);
    site.database.execute(
        """
        INSERT INTO page VALUES (%1$d, 1, '/a', NULL, now()), (%1$d, 2, '/b', NULL, now());
        INSERT INTO page_views (site_id, day, page, epoch, views, visits)
        SELECT %1$d, date '2026-01-01' + d, p, 7, p, 1 FROM generate_series(0, 39) AS d,
          generate_series(1, 2) AS p
        """
            .formatted(site.id));
  }

  private void sumUp() {
    while (totals.sumNext(site.id, 10).await().indefinitely()) {}
  }

  private void assertViews(String from, String to, int first, int second) {
    asOperator()
        .get("/admin/v1/sites/%s/pages?sort=path&from=%s&to=%s".formatted(site.slug, from, to))
        .then()
        .statusCode(200)
        .body("pages.views", contains(first, second));
  }

  /** Beginning, end and inside; on the days of past totals and beside them. */
  private void assertEveryRangeIsExact() {
    for (int from : new int[] {0, 4, 5, 6, 12}) {
      for (int to : new int[] {13, 29, 30, 39}) {
        int days = to - from + 1;
        assertViews(day(from), day(to), days, 2 * days);
      }
    }
    assertViews("2025-12-01", "2026-12-31", 40, 80);
  }

  private static String day(int after) {
    return LocalDate.of(2026, 1, 1).plusDays(after).toString();
  }

  private String days() {
    return site.database.table(
        "SELECT day FROM past_day WHERE site_id = " + site.id + " ORDER BY 1");
  }

  private void insert(String day, int page, int views) {
    site.database.execute(
        "INSERT INTO page_views (site_id, day, page, epoch, views) VALUES (%d, '%s', %d, 8, %d)"
            .formatted(site.id, day, page, views));
  }

  @Test
  void aRangeIsTheSameWithPastTotalsAndWithout() {
    assertEveryRangeIsExact();
    sumUp();
    assertEquals(8, days().lines().count(), days());
    assertTrue(days().startsWith("2026-01-05\n2026-01-10\n"), days());
    assertEveryRangeIsExact();
  }

  @Test
  void aLateViewCountsFromTheSameCommitOn() {
    sumUp();
    insert("2026-01-18", 1, 9);
    assertEquals("2026-01-05\n2026-01-10\n2026-01-15", days());
    assertViews("2026-01-03", "2026-02-08", 46, 74);
    site.database.execute(
        "UPDATE page_views SET views = 10 WHERE epoch = 8 AND site_id = " + site.id);
    assertViews("2026-01-03", "2026-02-08", 47, 74);
    sumUp();
    assertEquals(8, days().lines().count());
    assertViews("2026-01-03", "2026-02-08", 47, 74);
  }

  @Test
  void whatWasLeftOfAPastTotalIsNotAddedToTheNext() {
    sumUp();
    site.database.execute("DELETE FROM past_day WHERE site_id = " + site.id);
    insert("2026-01-01", 2, 5);
    sumUp();
    assertEquals(
        "1 5 5\n2 15 5",
        site.database.table(
            "SELECT page, views, visits FROM past_total WHERE day = '2026-01-05' AND site_id = "
                + site.id
                + " ORDER BY 1"));
    assertViews("2026-01-02", "2026-02-09", 39, 78);
  }

  @Test
  void recentDaysMayChangeAndAreNotSummedUp() {
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    site.database.execute("DELETE FROM page_views WHERE site_id = " + site.id);
    for (int day = 0; day < 10; day++) {
      for (int page = 1; page <= 2; page++) {
        insert(today.minusDays(day).toString(), page, 1);
      }
    }
    sumUp();
    assertEquals(today.minusDays(5).toString(), days());
  }

  /** Its base would lack what has gone since. */
  @Test
  void aPastTotalFromBeforeDetailsWereRemovedIsNoBase() {
    sumUp();
    site.database.execute(
        """
        INSERT INTO detail_kept VALUES (%1$d, '2026-01-13');
        DELETE FROM past_day WHERE site_id = %1$d AND day >= '2026-01-15';
        INSERT INTO page_views (site_id, day, page, epoch, views)
          SELECT site_id, '1970-01-01', page, 0, sum(views) FROM page_views
          WHERE site_id = %1$d AND day < '2026-01-13' GROUP BY 1, 3;
        DELETE FROM page_views WHERE site_id = %1$d AND day < '2026-01-13' AND epoch <> 0
        """
            .formatted(site.id));
    sumUp();
    assertTrue(days().startsWith("2026-01-05\n2026-01-10\n2026-01-17\n2026-01-22"), days());
    assertEquals(
        "17 34",
        site.database.table(
            "SELECT sum(views) FILTER (WHERE page = 1), sum(views) FILTER (WHERE page = 2)"
                + " FROM past_total WHERE day = '2026-01-17' AND site_id = "
                + site.id));
    assertViews("2025-12-01", "2026-02-09", 28, 56);
    assertViews("2026-01-15", "2026-02-09", 26, 52);
  }
}
