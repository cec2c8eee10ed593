package vn.luot.admin;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static vn.luot.admin.OperatorKey.as;
import static vn.luot.admin.OperatorKey.asOperator;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.luot.SiteTest;

/** What a portal had before Luot goes on being shown, and is never mixed with what Luot counted. */
@Tag("packaged")
@QuarkusTest
class BaselinesTest extends SiteTest {
  private String baselines() {
    return "/admin/v1/sites/" + site.slug + "/baselines";
  }

  private ValidatableResponse enter(String body) {
    return asOperator(body).put(baselines()).then();
  }

  private void entered(String numbers) {
    enter("{%s,\"reason\":\"Số liệu cổng cũ\"}".formatted(numbers)).statusCode(200);
  }

  private ValidatableResponse read(String call) {
    return site.asPage().get(site.path(call)).then();
  }

  private ValidatableResponse vote(String call, int stars) {
    return site.asPage()
        .contentType("text/plain")
        .body("{\"stars\":" + stars + "}")
        .put(site.path(call))
        .then();
  }

  @Test
  void theNextHitCountsOnFromTheOldNumber() {
    site.hit("/a").body("views.total", equalTo(1));
    enter("{\"views\":2743755,\"visits\":null,\"reason\":\"Số liệu cổng cũ\"}")
        .statusCode(200)
        .body("page", nullValue())
        .body("views", equalTo(2743755))
        .body("visits", equalTo(0))
        .body("changedAt", notNullValue());
    site.hit("/a")
        .body("views.total", equalTo(2743757))
        .body("views.today", equalTo(2))
        .body("visits.total", equalTo(1))
        .body("page.views", equalTo(2));
    await()
        .untilAsserted(
            () ->
                read("counters")
                    .body("views.total", equalTo(2743757))
                    .body("views.week", equalTo(2))
                    .body("views.month", equalTo(2))
                    .body("views.year", equalTo(2)));
  }

  /** The largest there may be. */
  @Test
  void aNumberBelongsToASiteNobodyHasVisitedYet() {
    entered("\"views\":1000000000000000,\"visits\":990112");
    site.hit("/a")
        .body("views.total", equalTo(1_000_000_000_000_001L))
        .body("visits.total", equalTo(990113))
        .body("visits.today", equalTo(1));
  }

  @Test
  void anotherNumberIsSeenAtOnceHoweverOftenItChanges() {
    for (int n = 1; n <= 20; n++) {
      entered("\"views\":" + 1000 * n);
      read("counters").body("views.total", equalTo(1000 * n + n - 1));
      site.hit("/a").body("views.total", equalTo(1000 * n + n));
    }
  }

  @Test
  void aPageGoesOnFromItsOldNumber() {
    entered("\"page\":\"/a//b/\",\"views\":439");
    site.hit("/a/b").body("page.views", equalTo(440)).body("views.total", equalTo(1));
    read("pages?path=/a/b&path=/c").body("pages.views", contains(440, 0));
    entered("\"page\":\"/a/b\",\"views\":0");
    site.hit("/a/b").body("page.views", equalTo(2));
  }

  @Test
  void ratingsGoOnFromTheirOldVotes() {
    entered("\"page\":\"/a\",\"rating\":{\"count\":423,\"sum\":1804}");
    entered("\"rating\":{\"count\":10,\"sum\":10}");
    read("rating?page=/a")
        .body("count", equalTo(423))
        .body("sum", equalTo(1804))
        .body("average", equalTo(4.26f))
        .body("stars.5", equalTo(0));
    vote("rating?page=/a", 5)
        .body("count", equalTo(424))
        .body("sum", equalTo(1809))
        .body("stars.5", equalTo(1));
    vote("rating", 5).body("count", equalTo(11)).body("sum", equalTo(15));
    read("rating").body("count", equalTo(11)).body("average", equalTo(1.36f));
    read("pages?path=/a&path=/b").body("pages.rating.count", contains(424, 0));
  }

  @Test
  void aRatingWhoseOldVotesAreNotKnownIsNotKnown() {
    assumeTrue(postgres != null, "freezing PostgreSQL takes one of our own");
    entered("\"page\":\"/a\",\"rating\":{\"count\":423,\"sum\":1804}");
    vote("rating?page=/a", 5).body("count", equalTo(424));
    site.hit("/b");
    vote("rating?page=/b", 5).body("count", equalTo(1));
    entered("\"page\":\"/c\",\"views\":1");
    postgres.freeze();
    try {
      read("rating?page=/a").statusCode(200).body("count", nullValue()).body("sum", nullValue());
      vote("rating?page=/b", 4).statusCode(200).body("count", nullValue());
    } finally {
      postgres.thaw();
    }
    await().untilAsserted(() -> read("rating?page=/a").body("count", equalTo(424)));
  }

  @Test
  void listsOfAllTimeIncludeOldNumbersAndThoseOfAPeriodDoNot() {
    entered("\"page\":\"/old\",\"views\":50,\"rating\":{\"count\":10,\"sum\":50}");
    entered("\"page\":\"/both\",\"views\":99,\"rating\":{\"count\":1,\"sum\":1}");
    site.hit("/both");
    site.hit("/new");
    site.awaitFlushed(2);
    await()
        .untilAsserted(
            () ->
                assertEquals(
                    List.of("/both", "/old", "/new"),
                    read("pages/top?limit=3").extract().path("pages.path")));
    read("pages/top?limit=4")
        .body("pages.views", contains(100, 50, 1))
        .body("pages.rating.sum", contains(1, 50, 0));
    read("pages/top?by=rating")
        .body("pages.path", contains("/old", "/both"))
        .body("pages.views", contains(50, 100))
        .body("pages.rating.average", contains(5, 1));
    read("pages/top?period=month").body("pages.views", contains(1, 1));
    read("pages/top?by=rating&period=month").body("pages.size()", equalTo(0));
  }

  @Test
  void everyEntryIsKeptWithWhoWhenAndWhy() {
    entered("\"views\":5");
    String key = OperatorKey.make(site.slug, "editor");
    as(key)
        .contentType("application/json")
        .body("{\"page\":\"/a\",\"views\":7,\"reason\":\"Bài cũ\"}")
        .put(baselines())
        .then()
        .statusCode(200)
        .body("page", equalTo("/a"))
        .body("visits", nullValue());
    entered("\"views\":6");
    asOperator()
        .get(baselines())
        .then()
        .statusCode(200)
        .body("site.views", equalTo(6))
        .body("pages.page", contains("/a"))
        .body("pages[0].rating.count", equalTo(0))
        .body("entries.views", contains(6, 7, 5))
        .body("entries.page", contains(null, "/a", null))
        .body("entries.visits", contains(null, null, null))
        .body("entries[1].by", matchesPattern("key \\d+ \\(test editor\\)"))
        .body("entries[1].reason", equalTo("Bài cũ"))
        .body("entries[1].at", notNullValue())
        .body("next", nullValue());
    asOperator().get(baselines() + "?page=/a").then().body("entries.views", contains(7));
  }

  @Test
  void bothListsAreReadToTheirEndPageByPage() {
    for (int i = 1; i <= 3; i++) {
      entered("\"page\":\"/%d\",\"views\":%d".formatted(i, i));
      entered("\"views\":" + i);
    }
    int pages = 0;
    int entries = 0;
    String next = "";
    for (int calls = 0; next != null; calls++) {
      assertEquals(true, calls < 5, "there is an end");
      var answer =
          asOperator().get(baselines() + "?limit=2" + next).then().statusCode(200).extract();
      pages += answer.<List<?>>path("pages").size();
      entries += answer.<List<?>>path("entries").size();
      next = answer.path("next") == null ? null : "&cursor=" + answer.path("next");
    }
    assertEquals("3 6", pages + " " + entries);
    asOperator().get(baselines() + "?cursor=x").then().statusCode(422);
  }

  @Test
  void theMethodologySaysSinceWhen() {
    read("methodology").body("baselineDate", nullValue());
    entered("\"views\":5");
    read("methodology").body("baselineDate", matchesPattern("\\d{4}-\\d\\d-\\d\\d"));
    entered("\"views\":0");
    read("methodology").body("baselineDate", nullValue());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"views\":1|reason",
        "\"views\":1,\"reason\":\" \"|reason",
        "\"views\":1,\"reason\":\"a\\u0000b\"|reason",
        "\"reason\":\"r\"|views",
        "\"views\":-1,\"reason\":\"r\"|views",
        "\"views\":1000000000000001,\"reason\":\"r\"|views",
        "\"views\":1e30,\"reason\":\"r\"|views",
        "\"views\":1.5,\"reason\":\"r\"|views",
        "\"views\":\"2.743.755\",\"reason\":\"r\"|views",
        "\"visits\":-1,\"reason\":\"r\"|visits",
        "\"page\":\"/a\",\"visits\":1,\"reason\":\"r\"|visits",
        "\"page\":\"/a/../b\",\"views\":1,\"reason\":\"r\"|page",
        "\"page\":\"~portal\",\"views\":1,\"reason\":\"r\"|page",
        "\"page\":\"\",\"views\":1,\"reason\":\"r\"|page",
        "\"rating\":{\"count\":2},\"reason\":\"r\"|rating.sum",
        "\"rating\":{},\"reason\":\"r\"|rating",
        "\"rating\":{\"count\":2,\"sum\":1},\"reason\":\"r\"|rating.sum",
        "\"rating\":{\"count\":2,\"sum\":11},\"reason\":\"r\"|rating.sum",
        "\"rating\":{\"count\":0,\"sum\":1},\"reason\":\"r\"|rating.sum",
        "\"rating\":{\"count\":-1,\"sum\":-1},\"reason\":\"r\"|rating.count",
        "\"rating\":{\"count\":1,\"sum\":1,\"stars\":5},\"reason\":\"r\"|rating.stars",
        "\"view\":1,\"reason\":\"r\"|view",
      })
  void whatIsWrongIsNamedAndChangesNothing(String fields, String field) {
    enter("{" + fields + "}").statusCode(422).body("errors.field", hasItem(field));
    assertEquals(
        "0", site.database.table("SELECT count(*) FROM baseline_entry WHERE site_id = " + site.id));
  }
}
