package vn.luot.admin.quarantine;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static vn.luot.admin.OperatorKey.asOperator;

import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import vn.luot.site.Site;
import vn.luot.standalone.Postgres;

/** Bursts as an attack, and what an owner does about them. */
@Tag("packaged")
@QuarkusTest
class QuarantineTest {
  private static final int ENOUGH_DAYS = 7;
  private static final String ON =
      "{\"quarantineFactor\":2,\"quarantineAbovePerMinute\":2,\"repeatViewSeconds\":0}";

  Postgres postgres;
  QuietSite quiet;

  private void make(int days, String settings) {
    quiet = new QuietSite(postgres, days);
    quiet.change(settings);
  }

  /** Ten hits, of which the first are counted; returns how many. */
  private int beginBurst() {
    make(ENOUGH_DAYS, ON);
    quiet.list().body("usual.burstAbovePerMinute", equalTo(2)).body("days", empty());
    quiet.hits(10, "/a");
    int counted = quiet.countedOf(10);
    assertTrue(counted < 10, "a burst of " + counted + " was counted");
    return counted;
  }

  @Test
  void aBurstMovesNoTotalAndIsSeenExactly() {
    int counted = beginBurst();
    quiet.hits(20, "/b");
    assertEquals(counted, quiet.countedOf(30));
    quiet
        .list()
        .body("days", hasSize(1))
        .body("days[0].day", equalTo(quiet.day.toString()))
        .body("days[0].views", equalTo(30 - counted))
        .body("days[0].hours.views.sum()", equalTo(30 - counted))
        .body("days[0].pages[0].path", equalTo("/b"))
        .body("days[0].pages[0].views", equalTo(20))
        .body("days[0].verdict", nullValue());
    assertEquals(
        "/a", quiet.site.database.table("SELECT path FROM page WHERE site_id = " + quiet.site.id));
  }

  @Test
  void whoIsQuarantinedIsNotToldAndRobotsAreRobots() {
    int counted = beginBurst();
    quiet
        .site
        .hit("/a")
        .statusCode(200)
        .body("keySet()", equalTo(Set.of("online", "views", "visits", "page", "heartbeatSeconds")))
        .body("views.today", equalTo(counted))
        .body("page.views", equalTo(counted));
    quiet.site.hit("/c").body("page.path", equalTo("/c")).body("page.views", equalTo(0));
    quiet
        .site
        .asPage()
        .header("User-Agent", "Googlebot/2.1")
        .contentType("text/plain")
        .body("{\"page\":\"/a\"}")
        .post(quiet.site.path("hits"))
        .then()
        .statusCode(200);
    assertEquals(counted, quiet.countedOf(12));
    asOperator()
        .get(
            quiet.path()
                + "/series?metric=bots&interval=day&from=%1$s&to=%1$s".formatted(quiet.day))
        .then()
        .body("points.value", contains(1));
  }

  @Test
  void aYoungSiteKeepsNothingApartAndSoHasNothingToJudge() {
    make(ENOUGH_DAYS - 1, ON);
    quiet.list().body("usual.days", equalTo(6)).body("usual.burstAbovePerMinute", nullValue());
    quiet.hits(10, "/a");
    assertEquals(10, quiet.countedOf(10));
    quiet.letTheDayEnd();
    quiet.judge("admit").statusCode(404);
    quiet.judge("perhaps").statusCode(422).body("errors.field", contains("verdict"));
    asOperator("{\"verdict\":\"drop\",\"reason\":\"\"}")
        .post(quiet.path() + "/quarantine/" + quiet.day)
        .then()
        .statusCode(422)
        .body("errors.field", contains("reason"));
    asOperator("{\"verdict\":\"drop\",\"reason\":\"x\"}")
        .post(quiet.path() + "/quarantine/2026-02-30")
        .then()
        .statusCode(422)
        .body("errors.field", contains("day"));
  }

  @Test
  void anAdmittedDayIsCountedExactlyOnceThoughAdmittedTwiceAtTheSameTime() {
    int counted = beginBurst();
    quiet.hits(20, "/b", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0");
    quiet.countedOf(30);
    quiet.judge("admit").statusCode(409);
    quiet.letTheDayEnd();
    List<CompletableFuture<Integer>> verdicts =
        Stream.generate(
                () ->
                    CompletableFuture.supplyAsync(
                        () -> quiet.judge("admit").extract().statusCode()))
            .limit(4)
            .toList();
    assertEquals(
        List.of(200, 409, 409, 409),
        verdicts.stream().map(CompletableFuture::join).sorted().toList());
    quiet.assertSettled(30);
    assertEquals(30, quiet.countedOf(60 - counted), "shown, and listed as what was admitted");
    asOperator()
        .get(quiet.path() + "/pages?sort=path&from=" + quiet.day)
        .then()
        .body("pages.path", contains("/a", "/b"))
        .body("pages.views", contains(10, 20));
    assertEquals(
        "2",
        quiet.site.database.table(
            "SELECT visitors FROM daily_visitors WHERE site_id IN (%d, %d)"
                .formatted(quiet.site.id, quiet.quarantine)),
        "one on both sides of the beginning, one only in quarantine");
    quiet
        .list()
        .body("days[0].verdict.verdict", equalTo("admitted"))
        .body("days[0].verdict.by", equalTo("first operator key"))
        .body("days[0].pages", empty());
  }

  @Test
  void aDroppedDayLeavesTotalsAsTheyWere() {
    int counted = beginBurst();
    quiet.letTheDayEnd();
    quiet
        .judge("drop")
        .statusCode(200)
        .body("views", equalTo(10 - counted))
        .body("verdict.verdict", equalTo("dropped"))
        .body("verdict.reason", equalTo("Lễ hội truyền hình trực tiếp"));
    quiet.judge("admit").statusCode(409);
    quiet.assertSettled(counted);
    assertEquals(counted, quiet.countedOf(10), "shown, and listed as what was dropped");
  }

  @Test
  void nothingIsKeptApartUnlessWanted() {
    make(ENOUGH_DAYS, "{\"repeatViewSeconds\":0}");
    asOperator().get(quiet.path()).then().body("quarantineFactor", equalTo(0));
    quiet.list().body("usual.burstAbovePerMinute", nullValue());
    quiet.hits(20, "/a");
    assertEquals(20, quiet.countedOf(20));
    quiet.list().body("days", empty());
  }

  @Test
  void aQuarantineIsNoSiteAndGoesWithItsOwn() {
    beginBurst();
    asOperator().get("/admin/v1/sites/" + quiet.quarantine).then().statusCode(404);
    assertEquals(
        0,
        quiet.site.database.number(
            "SELECT count(*) FROM site WHERE id >= " + Site.quarantineId(0)));
    asOperator().delete(quiet.path() + "?confirm=" + quiet.site.slug).then().statusCode(202);
    await()
        .atMost(Duration.ofSeconds(90))
        .until(
            () ->
                quiet.site.database.number("SELECT count(*) FROM site WHERE id = " + quiet.site.id),
            rows -> rows == 0);
    for (String table :
        List.of("page", "page_views", "hourly_views", "site_total", "daily_visitors")) {
      assertEquals(
          0,
          quiet.site.database.number(
              "SELECT count(*) FROM %s WHERE site_id = %d".formatted(table, quiet.quarantine)),
          table);
    }
  }
}
