package vn.luot.admin.pages;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.nullValue;
import static vn.luot.admin.OperatorKey.as;
import static vn.luot.admin.OperatorKey.asOperator;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import vn.luot.TestSite;
import vn.luot.admin.OperatorKey;
import vn.luot.hit.RawHit;
import vn.luot.standalone.Postgres;

/** Which pages strangers see, and under which titles. */
@Tag("packaged")
@QuarkusTest
class PageShownTest {
  /**
   * Networks are told apart by 5 bits of a hash, so that two of them are one on some sites; these
   * four are one on a site of 32,768.
   */
  private static final String[] SEVERAL = {
    "203.0.113.1", "198.51.100.1", "192.0.2.1", "198.18.0.1"
  };

  Postgres postgres;
  private TestSite site;

  @BeforeEach
  void site() {
    site = TestSite.create(postgres, "\"listedAfterNetworks\":2");
  }

  private void views(String page, int times, String... networks) {
    for (String network : networks) {
      for (int i = 0; i < times; i++) {
        new RawHit("127.0.0.2", site, page, "X-Forwarded-For: " + network + "\r\n").send();
      }
    }
  }

  /** The names of the last hits may come with the flush after that of their views. */
  private void awaitFlushed(long views, String... pages) {
    site.awaitFlushed(views);
    for (String page : pages) {
      await().until(() -> shown(page).extract().path("networks") instanceof Integer n && n >= 2);
    }
  }

  private ValidatableResponse change(String page, Map<String, ?> order) {
    return asOperator(order)
        .queryParam("path", page)
        .patch("/admin/v1/sites/" + site.slug + "/pages")
        .then();
  }

  private ValidatableResponse shown(String page) {
    return asOperator()
        .queryParam("path", page)
        .get("/admin/v1/sites/" + site.slug + "/pages/shown")
        .then();
  }

  private ValidatableResponse top(String period) {
    return site.asPage().get(site.path("pages/top?limit=5&period=" + period)).then();
  }

  @Test
  void pagesThatOneNetworkMadeUpAreInNoPublicList() {
    for (int i = 0; i < 15; i++) {
      views("/made-up/" + i, 3, "203.0.113.1", "203.0.113.77");
    }
    views("/honest", 1, SEVERAL);
    awaitFlushed(94, "/honest");
    top("today").body("pages.path", contains("/honest"));
    top("all").body("pages.path", contains("/honest"));
    shown("/made-up/1").body("networks", equalTo(1)).body("changes.size()", equalTo(0));
    site.owners("pages?limit=100").body("pages.size()", equalTo(16));
  }

  @Test
  void anOwnerSetsATitleAndHidesAPage() {
    views("/a", 2, SEVERAL);
    views("/b", 1, SEVERAL);
    awaitFlushed(12, "/a", "/b");
    top("all").body("pages.title", contains("Title of /a", "Title of /b"));
    change("/a", Map.of("title", "Gạo \u202enếp", "reason", "Sai tiêu đề"))
        .statusCode(200)
        .body("title", equalTo("Gạo nếp"))
        .body("titleLocked", equalTo(true))
        .body("changes.changedBy.size()", equalTo(1))
        .body("changes[0].reason", equalTo("Sai tiêu đề"));
    top("all").body("pages.title", contains("Gạo nếp", "Title of /b"));
    change("/a", Map.of("hidden", true)).statusCode(200).body("title", equalTo("Gạo nếp"));
    top("all").body("pages.path", contains("/b"));
    top("today").body("pages.path", contains("/b"));
    site.asPage().get(site.path("pages?path=/a")).then().body("pages[0].views", equalTo(8));
    site.owners("pages?sort=-views")
        .body("pages.hidden", contains(true, false))
        .body("pages.titleLocked", contains(true, false))
        .body("pages.networks", everyItem(greaterThanOrEqualTo(2)));
    change("/a", Map.of("hidden", false, "titleLocked", false)).body("changes.size()", equalTo(3));
    shown("/a")
        .body("hidden", equalTo(false))
        .body("changes.hidden", contains(false, true, null))
        .body("changes.title", contains(nullValue(), nullValue(), equalTo("Gạo nếp")));
    top("all").body("pages.path", contains("/a", "/b"));
  }

  @Test
  void whatCannotBeSetIsRefusedByName() {
    change("/a", Map.of()).statusCode(422).body("errors[0].field", equalTo("title"));
    change("/a", Map.of("title", "\u200b ")).statusCode(422);
    change("/a", Map.of("title", "a".repeat(301))).statusCode(422);
    change("/a", Map.of("hidden", "maybe")).statusCode(422);
    change("/a", Map.of("hiden", true)).statusCode(422);
    change("~other", Map.of("hidden", true)).statusCode(422);
    change("/a", Map.of("hidden", true, "reason", " ")).statusCode(422);
    shown("/nobody").statusCode(404);
    as(OperatorKey.make(site.slug, "reader"))
        .contentType("application/json")
        .body(Map.of("hidden", true))
        .patch("/admin/v1/sites/" + site.slug + "/pages?path=/a")
        .then()
        .statusCode(403);
  }
}
