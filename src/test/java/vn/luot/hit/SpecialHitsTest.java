package vn.luot.hit;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import vn.luot.SiteTest;
import vn.luot.TestSite;

/** Hits that are not simply one more view: robots, repeats, referrers, unknown pages, opt-outs. */
@Tag("packaged")
@QuarkusTest
class SpecialHitsTest extends SiteTest {
  private static final String GOOGLEBOT =
      "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)";

  private ValidatableResponse hit(RequestSpecification sender, String body) {
    return sender.contentType("text/plain").body(body).post(site.path("hits")).then();
  }

  private void awaitTable(String sql, String rows) {
    await()
        .untilAsserted(
            () -> assertEquals(rows, site.database.table(sql.replace("$1", "" + site.id))));
  }

  private RequestSpecification robot() {
    return site.asPage().header("User-Agent", GOOGLEBOT);
  }

  @Test
  void robotsAreAnsweredAndCountedApart() {
    site.hit("/a");
    hit(robot(), "{\"page\":\"/a\"}")
        .statusCode(200)
        .body("online", equalTo(1))
        .body("views.today", equalTo(1))
        .body("visits.total", equalTo(1))
        .body("page.views", equalTo(1));
    robot().get(site.path("hit.gif?page=/a")).then().statusCode(200);
    robot()
        .body("{}")
        .contentType("text/plain")
        .post(site.path("heartbeats"))
        .then()
        .statusCode(200)
        .body("online", equalTo(1));
    awaitTable("SELECT views, visits, bots FROM hourly_views WHERE site_id = $1", "1 1 2");
    site.asPage().get(site.path("counters")).then().body("visitors.today", equalTo(1));
  }

  @Test
  void aPageOnlyRobotsReadIsNoPage() {
    hit(robot(), "{\"page\":\"/trap\",\"referrer\":\"https://a.example/\"}")
        .body("page.views", equalTo(0))
        .body("views.total", equalTo(0));
    awaitTable("SELECT views, bots FROM hourly_views WHERE site_id = $1", "0 1");
    assertEquals(0, site.database.number("SELECT count(*) FROM page WHERE site_id = " + site.id));
  }

  @Test
  void aViewRepeatedSoonCountsOnce() {
    site = TestSite.create(postgres, "\"repeatViewSeconds\":3600");
    site.hit("/a").body("page.views", equalTo(1));
    site.hit("/a").statusCode(200).body("page.views", equalTo(1)).body("views.total", equalTo(1));
    site.hit("/b").body("page.views", equalTo(1)).body("views.total", equalTo(2));
    site.hit("/a").body("page.views", equalTo(1)).body("views.total", equalTo(2));
    hit(site.asPage().header("User-Agent", "Firefox"), "{\"page\":\"/a\"}")
        .body("page.views", equalTo(2))
        .body("views.total", equalTo(3));
    site.awaitFlushed(3);
  }

  @Test
  void visitorsComeFromHosts() {
    for (String from : new String[] {"https://www.google.com/search?q=x", "https://google.com/"}) {
      hit(site.asPage(), "{\"page\":\"/a\",\"referrer\":\"" + from + "\"}").statusCode(200);
    }
    String own = "{\"page\":\"/a\",\"referrer\":\"" + TestSite.ORIGIN + "/b\"}";
    hit(site.asPage(), own).statusCode(200);
    hit(site.asPage(), "{\"page\":\"/a\",\"referrer\":\"nonsense\"}").statusCode(200);
    site.awaitFlushed(4);
    awaitTable("SELECT host, views FROM referrer_views WHERE site_id = $1", "google.com 2");
    hit(site.asPage(), "{\"page\":\"/a\",\"referrer\":\"https://google.com\"}");
    awaitTable("SELECT host, views FROM referrer_views WHERE site_id = $1", "google.com 3");
  }

  @Test
  void aVisitBelongsToThePageItBeganOn() {
    site.hit("/first");
    site.hit("/second");
    hit(site.asPage().header("User-Agent", "Firefox"), "{\"page\":\"/second\"}");
    awaitTable(
        "SELECT path, views, visits FROM page_total JOIN page USING (site_id, page)"
            + " WHERE site_id = $1 ORDER BY path",
        "/first 1 1\n/second 2 1");
  }

  @Test
  void whoOptsOutIsCountedAndNotKnownWhereTheSiteSaysSo() {
    site = TestSite.create(postgres, "\"respectOptOut\":true");
    for (String header : new String[] {"Sec-GPC", "DNT"}) {
      hit(
              site.asPage().header(header, "1"),
              "{\"page\":\"/a\",\"referrer\":\"https://a.example/\"}")
          .statusCode(200)
          .body("online", equalTo(0))
          .body("visits.total", equalTo(0));
    }
    hit(site.asPage().header("DNT", "0"), "{\"page\":\"/a\"}")
        .body("views.total", equalTo(3))
        .body("visits.total", equalTo(1))
        .body("online", equalTo(1));
    site.awaitFlushed(3);
    assertEquals(
        0, site.database.number("SELECT count(*) FROM referrer_views WHERE site_id = " + site.id));
  }

  @Test
  void optingOutChangesNothingWhereTheSiteDoesNotSaySo() {
    hit(site.asPage().header("Sec-GPC", "1"), "{\"page\":\"/a\"}").body("online", equalTo(1));
  }

  @Test
  void pagesNeverSeenCountForOtherWhereOnlyKnownOnesCount() {
    site.hit("/known");
    site.awaitFlushed(1);
    site.database.execute(
        "UPDATE site SET rules = rules || '{\"knownPagesOnly\":true}' WHERE id = " + site.id);
    await()
        .pollInterval(Duration.ofMillis(300))
        .untilAsserted(
            () ->
                site.hit("/made-up/" + System.nanoTime())
                    .statusCode(200)
                    .body("page.views", nullValue()));
    long before = site.database.number("SELECT count(*) FROM page WHERE site_id = " + site.id);
    int total = site.hit("/known").extract().path("views.total");
    for (int i = 0; i < 20; i++) {
      site.hit("/random/" + i)
          .body("page.path", equalTo("/random/" + i))
          .body("page.views", nullValue());
    }
    site.awaitFlushed(total + 20);
    assertEquals(
        0,
        site.database.number(
            "SELECT count(*) FROM page WHERE path LIKE '/random%' AND site_id = " + site.id));
    site.hit("/known").body("page.views", equalTo(3));
  }
}
