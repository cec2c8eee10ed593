package vn.luot.widget;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.StringReader;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xml.sax.InputSource;
import vn.luot.standalone.Postgres;

/** Counting and showing without JavaScript. */
@QuarkusTest
class PictureTest {

  Postgres postgres;
  PortalSite site;

  @BeforeEach
  void freshSite() {
    site = PortalSite.register(postgres, "https://portal.example");
  }

  @Test
  void aPixelIsAHit() {
    site.awaitKnown();
    given()
        .header("Referer", site.origin() + "/")
        .get(site.path("hit.gif?page=/a"))
        .then()
        .statusCode(200)
        .contentType("image/gif")
        .header("Cache-Control", equalTo("no-store"))
        .header("Content-Length", equalTo("43"));
    site.request().get(site.path("pages?path=/a")).then().body("pages[0].views", equalTo(1));
  }

  /** Proxies and link checkers ask so; RFC 9110 promises them that it changes nothing. */
  @Test
  void askingForTheHeadOfAPixelCountsNothing() {
    site.awaitKnown();
    given()
        .header("Referer", site.origin() + "/")
        .head(site.path("hit.gif?page=/a"))
        .then()
        .statusCode(200)
        .contentType("image/gif")
        .header("Cache-Control", equalTo("no-store"));
    site.request().get(site.path("pages?path=/a")).then().body("pages[0].views", equalTo(0));
    assertEquals(0, site.views());
  }

  @Test
  void aPixelWithoutAPageCountsThePageThatShowsIt() {
    site.awaitKnown();
    given()
        .header("Referer", site.origin() + "/tin/b?x=1")
        .get(site.path("hit.gif"))
        .then()
        .statusCode(200);
    site.request().get(site.path("pages?path=/tin/b")).then().body("pages[0].views", equalTo(1));
    given().get(site.path("hit.gif")).then().statusCode(422);
  }

  /** Fetched before anybody looks, or opened as a page or a frame. */
  @ParameterizedTest
  @CsvSource({
    "Sec-Purpose, prefetch;prerender",
    "Purpose, prefetch",
    "X-Moz, prefetch",
    "Sec-Fetch-Dest, iframe",
    "Sec-Fetch-Dest, document"
  })
  void aPixelThatNobodySeesCountsNothing(String header, String value) {
    site.awaitKnown();
    given()
        .header("Referer", site.origin() + "/")
        .header(header, value)
        .get(site.path("hit.gif?page=/a"))
        .then()
        .statusCode(200)
        .header("Cross-Origin-Resource-Policy", equalTo("cross-origin"));
    assertEquals(0, site.views());
  }

  /** Browsers leave these characters of an address as they are. */
  @Test
  void aPixelTakesReferersAsBrowsersSendThem() {
    site.awaitKnown();
    given()
        .header("Referer", site.origin() + "/tin|a?b={c}^%")
        .get(site.path("hit.gif"))
        .then()
        .statusCode(200);
    site.awaitViews(1);
  }

  @Test
  void aPixelOnAnotherSitesPageIsRefused() {
    site.awaitKnown();
    given()
        .header("Referer", "https://other.example/a")
        .get(site.path("hit.gif?page=/a"))
        .then()
        .statusCode(403);
    assertEquals(0, site.views());
  }

  @Test
  void aBadgeDrawsTheNumbersThatAreAskedFor() throws IOException {
    site.withViews(2743754, 1).awaitKnown();
    Crowd.beat(site, 3);
    site.request().contentType("text/plain").body("{\"page\":\"/a\"}").post(site.path("hits"));
    site.awaitViews(2743755);
    site.request()
        .queryParam("label", "Cổng")
        .get(site.path("badge.svg?show=online,total"))
        .then()
        .statusCode(200)
        .contentType(startsWith("image/svg+xml"))
        .header("Cache-Control", containsString("max-age=10"))
        .body(containsString(">Cổng</text>"))
        .body(containsString(">Đang online</text>"))
        .body(containsString(">4</text>"))
        .body(containsString(">2.743.755</text>"));
    site.request()
        .get(site.path("badge.svg?show=total&lang=en"))
        .then()
        .body(containsString("2,743,755"))
        .body(not(containsString("Online")));
  }

  @Test
  void aLabelCannotBreakOutOfItsBadge() throws Exception {
    site.awaitKnown();
    var svg =
        site.request()
            .queryParam("label", "\"><script>alert(1)</script>&\uFFFF")
            .get(site.path("badge.svg"))
            .asString();
    var document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(svg)));
    assertEquals(0, document.getElementsByTagName("script").getLength());
  }

  @Test
  void aBadgeSaysWhatItCannotDraw() {
    site.awaitKnown();
    site.request().get(site.path("badge.svg?show=weather")).then().statusCode(422);
    site.request().get(site.path("badge.svg?label=" + "x".repeat(61))).then().statusCode(422);
    site.request().get(site.path("badge.svg?lang=fr")).then().statusCode(422);
    given().get("/v1/sites/nobody/badge.svg").then().statusCode(404);
  }
}
