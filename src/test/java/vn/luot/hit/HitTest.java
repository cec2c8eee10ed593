package vn.luot.hit;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.net.http.HttpResponse;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.luot.SiteTest;
import vn.luot.TestSite;
import vn.luot.WaitingSender;

/** What a hit is answered with: the numbers that it made, and those that its page wants. */
@Tag("packaged")
@QuarkusTest
class HitTest extends SiteTest {
  @Test
  void aHitIsAnsweredWithTheNumbersItMade() {
    site.hit("/tin-tuc/a")
        .statusCode(200)
        .body("online", equalTo(1))
        .body("views.today", equalTo(1))
        .body("views.total", equalTo(1))
        .body("visits.today", equalTo(1))
        .body("visits.total", equalTo(1))
        .body("page.path", equalTo("/tin-tuc/a"))
        .body("page.views", equalTo(1))
        .body("heartbeatSeconds", equalTo(60));
    site.hit("/tin-tuc/b").body("views.total", equalTo(2)).body("page.views", equalTo(1));
    site.hit("/tin-tuc/a")
        .body("online", equalTo(1))
        .body("visits.total", equalTo(1))
        .body("page.views", equalTo(2));
  }

  @Test
  void aSiteMayTakeADocumentInAPathForNoOtherPage() {
    TestSite joomla = TestSite.create(postgres, "\"ignoreIndexInPaths\":true");
    joomla.hit("/index.php/tin/a");
    joomla.hit("/tin/a").body("page.path", equalTo("/tin/a")).body("page.views", equalTo(2));
  }

  @Test
  void hitsOfASitesOwnStaffAreNoViews() {
    TestSite office = TestSite.create(postgres, "\"ignoredNetworks\":[\"127.0.0.0/8\",\"::1\"]");
    office.hit("/a").statusCode(200);
    office.hit("/b").body("online", equalTo(0)).body("views.total", equalTo(0));
    TestSite other = TestSite.create(postgres, "\"ignoredNetworks\":[\"203.0.113.0/24\"]");
    other.hit("/a").body("views.total", equalTo(1));
  }

  @Test
  void aHitThatWaitsToBeAskedForIsAskedFor() {
    String hit = "{\"page\":\"/a\"}";
    HttpResponse<String> answer =
        WaitingSender.post(site.path("hits"), hit, "Origin", TestSite.ORIGIN);
    assertEquals(200, answer.statusCode(), answer.body());
    site.hit("/a").body("page.views", equalTo(2));
  }

  private String pages() {
    return site.database.table(
        "SELECT path, title, views FROM page JOIN page_total USING (site_id, page)"
            + " WHERE site_id = "
            + site.id
            + " ORDER BY path");
  }

  @Test
  void countedHitsReachPostgresOnce() {
    site.hit("/a");
    site.hit("/a");
    site.hit("/b");
    await().until(this::pages, "/a Title of /a 2\n/b Title of /b 1"::equals);
    site.hit("/a").body("page.views", equalTo(3)).body("views.total", equalTo(4));
    site.awaitFlushed(4);
  }

  private ValidatableResponse send(String accept, String json) {
    return site.asPage()
        .header("Accept", accept)
        .contentType("text/plain; charset=UTF-8")
        .body(json)
        .post(site.path("hits"))
        .then();
  }

  private ValidatableResponse send(String json) {
    return send("*/*", json);
  }

  /** The quick way and the one through JAX-RS. */
  @ParameterizedTest
  @ValueSource(strings = {"*/*", "application/json;q=0.9"})
  void aHitIsAnsweredWithWhatThePageShows(String accept) {
    send("{\"page\":\"/b\"}").statusCode(200);
    send(
            accept,
            "{\"page\":\"/a\",\"want\":[\"views-week\",\"visitors-today\",\"rating-sum\",\"portal-rating-sum\",\"weather\",null],"
                + "\"pages\":[\"/b\",\"/../x\",\"/c\"]}")
        .statusCode(200)
        .body("views.today", equalTo(2))
        .body("views.week", equalTo(2))
        .body("views.yesterday", equalTo(0))
        .body("visits.year", equalTo(1))
        .body("visitors.yesterday", equalTo(0))
        .body("page.rating.count", equalTo(0))
        .body("portal.rating.count", equalTo(0))
        .body("portal.rating.average", nullValue())
        .body("pages.path", contains("/b", "~other", "/c"))
        .body("pages.views", contains(1, null, 0));
  }

  @Test
  void whatNobodyWantsIsNotSent() {
    send("{\"page\":\"/a\"}")
        .body("views.size()", equalTo(2))
        .body("page.size()", equalTo(2))
        .body("size()", equalTo(5));
  }

  @Test
  void aHundredPagesAreAnsweredAtMost() {
    String pages =
        IntStream.range(0, 120)
            .mapToObj(i -> "\"/" + i + "\"")
            .collect(Collectors.joining(",", "[", "]"));
    send("{\"page\":\"/a\",\"pages\":" + pages + "}").statusCode(200).body("pages", hasSize(100));
  }

  @Test
  void anAddressTooLongToBeAPagesCountsForTheSite() {
    String path = "/" + String.join("", Collections.nCopies(600, "a"));
    send("{\"page\":\"" + path + "\"}")
        .statusCode(200)
        .body("views.total", equalTo(1))
        .body("page.path", equalTo("~other"))
        .body("page.views", nullValue());
    send("{\"page\":\"/a?fbclid=" + path + path + "\"}").body("page.path", equalTo("/a"));
  }

  @Test
  void anAddressIsThePageItMeans() {
    String host = TestSite.ORIGIN.substring(TestSite.ORIGIN.indexOf("//"));
    for (String address :
        List.of("/tin/a", "tin/a", "https://www.example.vn/tin/a?b=1#c", host + "/tin/a")) {
      send("{\"page\":\"" + address + "\"}").body("page.path", equalTo("/tin/a"));
    }
    send("{\"page\":\"//tin/a\"}")
        .body("page.path", equalTo("/tin/a"))
        .body("page.views", equalTo(5));
    send("{\"page\":\"bai-42\"}").body("page.path", equalTo("bai-42"));
  }
}
