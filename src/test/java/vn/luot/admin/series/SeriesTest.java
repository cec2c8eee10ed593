package vn.luot.admin.series;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static vn.luot.admin.OperatorKey.asOperator;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vn.luot.SiteTest;
import vn.luot.TestSite;
import vn.luot.site.page.Page;

@Tag("packaged")
@QuarkusTest
class SeriesTest extends SiteTest {
  private ValidatableResponse series(String query) {
    return asOperator()
        .get("/admin/v1/sites/" + site.slug + "/series" + (query.isEmpty() ? "" : "?" + query))
        .then();
  }

  private void hours(String rows) {
    for (String row : rows.split(";")) {
      String[] p = row.strip().split(" +");
      site.database.execute(
          "INSERT INTO hourly_views (site_id, day, hour, epoch, views, visits, bots) VALUES"
              + " (%d, '%s', '%s', 7, %s, %s, %s)"
                  .formatted(site.id, p[0], p[1], p[2], p[3], p[4]));
    }
  }

  @Test
  void whatWasJustCountedIsInTheNextAnswer() {
    for (int i = 0; i < 3; i++) {
      site.hit("/" + i).statusCode(200);
    }
    series("metric=views&interval=day")
        .statusCode(200)
        .body("metric", equalTo("views"))
        .body("interval", equalTo("day"))
        .body("timeZone", equalTo("Asia/Ho_Chi_Minh"))
        .body("points", hasSize(30))
        .body("points[29].value", equalTo(3))
        .body("points[28].value", equalTo(0))
        .body("points[29].from", containsString("T00:00:00+07:00"))
        .body("previous", nullValue())
        .body("asOf", notNullValue());
    series("metric=visitors&interval=day").body("points[29].value", equalTo(1));
    series("metric=views&interval=hour")
        .body("points", hasSize(24))
        .body("points.value.sum()", equalTo(3));
    series("metric=visits&interval=year")
        .body("points", hasSize(5))
        .body("points[4].value", equalTo(1));
  }

  @Test
  void everyIntervalSumsItsDaysAndLeavesNoGap() {
    hours(
        """
        2025-12-31 2025-12-31T01:00Z 1 1 0; 2026-01-01 2026-01-01T01:00Z 2 1 5;
        2026-01-04 2026-01-04T01:00Z 4 2 0; 2026-01-05 2026-01-05T01:00Z 8 3 0;
        2026-03-02 2026-03-02T01:00Z 16 4 1\
        """);
    String range = "&from=2025-12-29&to=2026-03-31";
    series("metric=views&interval=week" + range)
        .body("points", hasSize(14))
        .body("points.value", contains(7, 8, 0, 0, 0, 0, 0, 0, 0, 16, 0, 0, 0, 0));
    series("metric=views&interval=month" + range).body("points.value", contains(1, 14, 0, 16));
    series("metric=views&interval=year" + range).body("points.value", contains(1, 30));
    series("metric=visits&interval=month" + range).body("points.value", contains(1, 6, 0, 4));
    series("metric=bots&interval=month" + range).body("points.value", contains(0, 5, 0, 1));
    series("metric=views&interval=day&from=2026-01-04&to=2026-01-05")
        .body("points.value", contains(4, 8))
        .body("points.from", contains("2026-01-04T00:00:00+07:00", "2026-01-05T00:00:00+07:00"));
  }

  @Test
  void theLastDayIsWithinAndTheLastMomentIsNot() {
    series("interval=hour&from=2026-11-21&to=2026-11-21").body("points", hasSize(24));
    series("interval=hour&from=2026-11-21T00:00:00+07:00&to=2026-11-21T03:00:00+07:00")
        .body("points", hasSize(3))
        .body("points[2].from", equalTo("2026-11-21T02:00:00+07:00"));
    series("interval=hour&from=2026-11-21T00:30:00Z&to=2026-11-21T01:00:00Z")
        .body("points.from", contains("2026-11-21T07:00:00+07:00"));
  }

  @ParameterizedTest
  @CsvSource({
    "Europe/Berlin,       2026-03-29, 23, 2026-03-29T00:00:00+01:00, 2026-03-29T23:00:00+02:00",
    "Europe/Berlin,       2026-10-25, 25, 2026-10-25T00:00:00+02:00, 2026-10-25T23:00:00+01:00",
    "Australia/Lord_Howe, 2026-04-05, 25, 2026-04-05T00:00:00+11:00, 2026-04-05T23:00:00+10:30",
    "Africa/Cairo,        2026-04-24, 23, 2026-04-24T01:00:00+03:00, 2026-04-24T23:00:00+03:00",
    "Asia/Kathmandu,      2026-11-21, 24, 2026-11-21T00:00:00+05:45, 2026-11-21T23:00:00+05:45",
  })
  void aDayHasTheHoursItHasWhereTheClocksChange(
      String zone, String day, int hours, String first, String last) {
    TestSite there = TestSite.create(postgres, "\"timeZone\":\"" + zone + "\"");
    asOperator()
        .get(
            "/admin/v1/sites/%s/series?interval=hour&from=%s&to=%s".formatted(there.slug, day, day))
        .then()
        .statusCode(200)
        .body("points", hasSize(hours))
        .body("points[0].from", equalTo(first))
        .body("points[%d].from".formatted(hours - 1), equalTo(last));
  }

  @Test
  void thePeriodBeforeHasAsManyPoints() {
    hours("2026-01-31 2026-01-31T01:00Z 5 1 0; 2026-02-01 2026-02-01T01:00Z 6 1 0");
    series("interval=day&from=2026-02-01&to=2026-02-03&compare=previous")
        .body("points.value", contains(6, 0, 0))
        .body("previous.value", contains(0, 0, 5))
        .body("previous[0].from", equalTo("2026-01-29T00:00:00+07:00"));
    series("interval=month&from=2026-02-01&to=2026-03-31&compare=previous")
        .body("previous.from", contains("2025-12-01T00:00:00+07:00", "2026-01-01T00:00:00+07:00"));
  }

  @ParameterizedTest
  @CsvSource({
    "day,   14, 2026-03-10",
    "week,   3, 2026-03-10",
    "month,  1, 2026-03-10",
    "year,   1, 2026-03-10",
    "hour, 336, 2026-03-10",
  })
  void whatIsSummedIsWhatIsChosenInEveryInterval(String interval, int points, String first) {
    constant("2026-01-01", "2026-04-30");
    series("from=2026-03-10&to=2026-03-23&interval=" + interval)
        .body("points", hasSize(points))
        .body("points[0].from", equalTo(first + "T00:00:00+07:00"))
        .body("points.value.sum()", equalTo(14 * 24))
        .body("sum", equalTo(14 * 24));
  }

  /** One view an hour. */
  private void constant(String from, String to) {
    site.database.execute(
        """
        INSERT INTO hourly_views (site_id, day, hour, epoch, views, visits)
        SELECT %d, (h AT TIME ZONE 'Asia/Ho_Chi_Minh')::date, h, 7, 1, 1 FROM generate_series(
          '%s'::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh',
          ('%s'::timestamp + interval '23 hours') AT TIME ZONE 'Asia/Ho_Chi_Minh', '1 hour') AS h
        """
            .formatted(site.id, from, to));
  }

  @ParameterizedTest
  @ValueSource(strings = {"day", "hour", "week", "month"})
  void constantTrafficHasNotChangedThoughADayIsNotOver(String interval) {
    LocalDate today = LocalDate.now(ZoneId.of("Asia/Ho_Chi_Minh"));
    constant(today.minusDays(40).toString(), today.toString());
    constant(
        today.minusYears(1).minusDays(9).toString(), today.minusYears(1).plusDays(9).toString());
    for (String compare : List.of("previous", "year", today.minusDays(30).toString())) {
      var answer =
          series(
                  "interval=%s&compare=%s&from=%s&to=%s"
                      .formatted(interval, compare, today.minusDays(6), today))
              .statusCode(200)
              .extract()
              .jsonPath();
      assertTrue(answer.getInt("comparison.value") >= 6 * 24);
      assertEquals(answer.getInt("comparison.value"), answer.getInt("comparison.other"));
      assertEquals(7 * 24, answer.getInt("previous.value.sum()"));
      assertNull(answer.get("comparison.countedSince"));
    }
  }

  @Test
  void whatHasNotBegunIsNotShownAsZero() {
    LocalDate today = LocalDate.now(ZoneId.of("Asia/Ho_Chi_Minh"));
    series("interval=day&from=%s&to=%s".formatted(today, today.plusDays(2)))
        .body("points[0].value", equalTo(0))
        .body("points[2].value", nullValue())
        .body("sum", equalTo(0));
  }

  @Test
  void aSiteThatWasNotCountedYetIsNotComparedWithZero() {
    constant("2026-03-10", "2026-03-31");
    series("interval=day&from=2026-03-16&to=2026-03-22&compare=previous")
        .body("comparison.value", equalTo(7 * 24))
        .body("comparison.other", equalTo(6 * 24))
        .body("comparison.countedSince", equalTo("2026-03-10"));
    series("interval=day&from=2026-03-16&to=2026-03-22&compare=year")
        .body("comparison.value", equalTo(7 * 24))
        .body("comparison.other", nullValue())
        .body("comparison.countedSince", nullValue());
    series("interval=day&from=2026-03-17&to=2026-03-22&compare=2026-03-11")
        .body("comparison.other", equalTo(6 * 24))
        .body("comparison.countedSince", nullValue());
  }

  @Test
  void daysWithoutHoursAreComparedAsWholeDays() {
    LocalDate today = LocalDate.now(ZoneId.of("Asia/Ho_Chi_Minh"));
    constant(today.minusDays(7).toString(), today.toString());
    site.database.execute(
        """
        INSERT INTO hourly_views (site_id, day, hour, epoch, views, visits)
        SELECT %d, d, d AT TIME ZONE 'Asia/Ho_Chi_Minh', -1, 24, 24
        FROM generate_series('%s'::timestamp, '%s', '1 day') AS d
        """
            .formatted(site.id, today.minusDays(21), today.minusDays(8)));
    series("interval=day&compare=previous&from=%s&to=%s".formatted(today.minusDays(7), today))
        .body("comparison.value", equalTo(7 * 24))
        .body("comparison.other", equalTo(7 * 24))
        .body("comparison.until", startsWith(today + "T00:00"));
  }

  @Test
  void votesCountWhenTheyWereCastUnlessHeldOrWithdrawn() {
    site.database.execute(
        """
        INSERT INTO vote (site_id, page, voter, stars, held, revision, changed_at) VALUES
          (%1$d, 1, gen_random_uuid(), 5, NULL, 1, '2026-01-01T17:30Z'),
          (%1$d, 1, gen_random_uuid(), 4, NULL, 1, '2026-01-01T16:30Z'),
          (%1$d, 1, gen_random_uuid(), 0, NULL, 1, '2026-01-01T16:30Z'),
          (%1$d, 1, gen_random_uuid(), 4, 'fresh-token', 1, '2026-01-01T16:30Z')
        """
            .formatted(site.id));
    series("metric=votes&interval=day&from=2026-01-01&to=2026-01-02")
        .body("points.value", contains(1, 1));
    series("metric=votes&interval=hour&from=2026-01-02&to=2026-01-02")
        .body("points[0].value", equalTo(1));
    series("metric=stars&interval=day&from=2026-01-01&to=2026-01-02")
        .body("points.value", contains(4, 5));
  }

  @Test
  void hoursThatAreNoLongerKeptAreNotShownAsZero() {
    site.database.execute("INSERT INTO detail_kept VALUES (%d, '2026-01-02')".formatted(site.id));
    hours("2026-01-02 2026-01-01T17:00Z 3 1 0");
    series("interval=hour&from=2026-01-01&to=2026-01-02")
        .body("points[23].value", nullValue())
        .body("points[24].value", equalTo(3))
        .body("points[25].value", equalTo(0));
    series("interval=day&from=2026-01-01&to=2026-01-02").body("points.value", contains(0, 3));
  }

  /** Page n, by its path, is viewed n times on two days; of one of them visits are known. */
  private void pagesOverTime(String... paths) {
    int n = 0;
    for (String path : paths) {
      site.database.execute(
          """
          INSERT INTO page_views (site_id, day, page, epoch, views, visits) VALUES
            (%1$d, '2026-01-31', %2$d, 7, %3$d, 1), (%1$d, '2026-01-31', %2$d, 8, %3$d, 0),
            (%1$d, '2026-02-02', %2$d, 7, %3$d, 0);
          INSERT INTO vote (site_id, page, voter, stars, revision, changed_at)
            VALUES (%1$d, %2$d, gen_random_uuid(), 5, 1, '2026-02-01T17:30Z')
          """
              .formatted(site.id, Page.of(path).key(), ++n));
    }
  }

  @Test
  void onePageIsSeenOverTime() {
    constant("2026-01-01", "2026-02-28");
    pagesOverTime("/tin-tuc/a", "/tin-tuc/b");
    String range = "&from=2026-01-31&to=2026-02-02&page=/tin-tuc/b";
    series("metric=views&interval=day" + range).body("points.value", contains(4, 0, 2));
    series("metric=views&interval=month" + range + "/").body("points.value", contains(4, 2));
    series("metric=visits&interval=day" + range).body("points.value", contains(1, 0, 0));
    series("metric=votes&interval=day" + range).body("points.value", contains(0, 0, 1));
    series("metric=votes&interval=hour" + range).body("sum", equalTo(1));
    series("metric=stars&interval=month" + range + "&compare=previous")
        .body("points.value", contains(0, 5))
        .body("comparison.value", equalTo(5))
        .body("comparison.other", equalTo(0));
    series("metric=downloads&interval=day" + range).body("points.value", contains(0, 0, 0));
    series("from=2026-02-01&to=2026-02-28&compare=previous&page=/tin-tuc/a")
        .body("sum", equalTo(1))
        .body("comparison.value", equalTo(1))
        .body("comparison.other", equalTo(2))
        .body("previous.value.sum()", equalTo(2));
    series("from=2026-01-01&to=2026-02-28&page=/never").body("sum", equalTo(0));
  }

  @Test
  void whatIsNoLongerKeptOfAPageIsNotShownAsZero() {
    constant("2026-01-01", "2026-02-28");
    pagesOverTime("/a");
    site.database.execute("INSERT INTO detail_kept VALUES (%d, '2026-02-02')".formatted(site.id));
    series("from=2026-01-31&to=2026-02-02&page=/a")
        .body("points.value", contains(nullValue(), nullValue(), equalTo(1)))
        .body("sum", nullValue());
    series("from=2026-02-02&to=2026-02-03&page=/a&compare=previous")
        .body("comparison.value", equalTo(1))
        .body("comparison.other", nullValue());
    series("from=2026-02-01&to=2026-02-03&page=/a&compare=previous")
        .body("comparison.value", nullValue());
  }

  @Test
  void tenThousandPointsAreTheMost() {
    series("interval=hour&from=2025-01-01&to=2026-02-20&compare=previous")
        .statusCode(200)
        .body("points", hasSize(9984))
        .body("previous", hasSize(9984))
        .body("points[9983].from", equalTo("2026-02-20T23:00:00+07:00"))
        .body("previous[9983].from", equalTo("2024-12-31T23:00:00+07:00"));
    series("interval=hour&from=2025-01-01&to=2026-02-21")
        .statusCode(400)
        .body("errors[0].field", equalTo("from"))
        .body("errors[0].detail", containsString("10000 points"));
  }

  @ParameterizedTest
  @CsvSource({
    "interval=day&from=2026-02-01&to=2026-01-01,                   400, from",
    "interval=day&from=2026-02-01T00:00:00Z&to=2026-02-01T00:00:00Z, 400, from",
    "interval=day&from=yesterday,                                  400, from",
    "interval=day&to=2026-02-30,                                   400, to",
    "interval=day&to=2026-13-01T00:00:00Z,                         400, to",
    "interval=day&to=+999999999-12-31T23:59:59Z,                   400, to",
    "interval=day&from=1999-12-31,                                 400, from",
    "interval=day&from=2101-01-01,                                 400, from",
    "interval=day&from=2099-01-01,                                 400, from",
    "interval=minute,                                              422, interval",
    "metric=money,                                                 422, metric",
    "metric=visitors&interval=hour,                                422, interval",
    "page=/a&metric=visitors,                                      422, metric",
    "page=/a&metric=bots,                                          422, metric",
    "page=/a&interval=hour,                                        422, interval",
    "page=~other,                                                  422, page",
    "from=2026-02-02&to=2026-02-03&compare=2026-02-01T08:00:00Z,  422, compare",
    "compare=next,                                                 422, compare",
    "compare=2026-13-01,                                           400, compare",
  })
  void aWrongQuestionIsRefusedWithWhatToChange(String query, int status, String field) {
    series(query)
        .statusCode(status)
        .contentType("application/problem+json")
        .body("errors[0].field", equalTo(field))
        .body("errors[0].detail", notNullValue());
  }

  @Test
  void anotherSitesNumbersStayItsOwn() {
    TestSite another = TestSite.create(postgres);
    another.hit("/a").statusCode(200);
    series("metric=views&interval=day").body("points[29].value", equalTo(0));
    assertEquals(
        0, site.database.number("SELECT count(*) FROM daily_total WHERE site_id = " + site.id));
  }
}
