package vn.luot.hit;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static vn.luot.admin.OperatorKey.asOperator;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.HexFormat;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vn.luot.SiteTest;
import vn.luot.TestSite;

/** Bad requests get a problem that says what to change, and leave no trace. */
@Tag("packaged")
@QuarkusTest
class RefusedHitTest extends SiteTest {
  private ValidatableResponse post(String body) {
    return site.send(body);
  }

  private static void isProblem(ValidatableResponse answer, int status, String reason) {
    answer
        .statusCode(status)
        .contentType("application/problem+json")
        .body("type", equalTo("urn:luot:problem:" + reason))
        .body("status", equalTo(status));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "''                                | 400 | malformed",
        "{                                 | 400 | malformed",
        "[]                                | 400 | malformed",
        "null                              | 400 | malformed",
        "{\"page\":{}}                     | 400 | malformed",
        "{\"page\":\"/a\"} x                | 400 | malformed",
        "{\"page\":\"/a\"}{\"page\":\"/b\"}   | 400 | malformed",
        "{}                                | 422 | out-of-range",
        "{\"page\":null}                   | 422 | out-of-range",
        "{\"page\":\"  \"}                 | 422 | out-of-range",
        "{\"page\":\"/a/../b\"}            | 422 | out-of-range",
        "{\"page\":\"/a\\u0000\"}          | 422 | out-of-range",
        "{\"page\":\"/a%0Ab\"}             | 422 | out-of-range",
        "{\"page\":\"/\\ud800\"}           | 422 | out-of-range",
        "{\"page\":\"/%ff\"}               | 422 | out-of-range",
        "{\"page\":\"~other\"}             | 422 | out-of-range",
      })
  void badBodiesAreRefused(String body, int status, String reason) {
    isProblem(post(body.equals("''") ? "" : body), status, reason);
  }

  /** What looks like UTF-32 to a reader of JSON, and is not. */
  @ParameterizedTest
  @ValueSource(strings = {"0000fffe", "7b00000078", "0000feff00110000"})
  void bytesOfNoEncodingAreRefused(String hex) {
    byte[] body = HexFormat.of().parseHex(hex);
    isProblem(
        site.asPage().contentType("text/plain").body(body).post(site.path("hits")).then(),
        400,
        "malformed");
    isProblem(
        site.asPage().contentType("text/plain").body(body).put(site.path("rating")).then(),
        400,
        "malformed");
    isProblem(
        asOperator()
            .contentType("application/json")
            .body(body)
            .patch("/admin/v1/sites/" + site.slug)
            .then(),
        400,
        "malformed");
  }

  @Test
  void aViewOfAnOverlongPageCountsForTheSite() {
    post("{\"page\":\"/" + "a".repeat(512) + "\"}")
        .statusCode(200)
        .body("page.path", equalTo("~other"))
        .body("page.views", nullValue());
    post("{\"page\":\"/long?fbclid=" + "a".repeat(1900) + "\"}")
        .statusCode(200)
        .body("page.path", equalTo("/long"));
  }

  @Test
  void aBodyOverTwoKibibytesIsRefused() {
    isProblem(post("{\"page\":\"/a\",\"title\":\"" + "x".repeat(2048) + "\"}"), 413, "too-large");
  }

  @Test
  void anUnknownSiteIsRefused() {
    isProblem(
        site.asPage()
            .contentType("text/plain")
            .body("{\"page\":\"/a\"}")
            .post("/v1/sites/nosuch/hits")
            .then(),
        404,
        "unknown-site");
  }

  /** By the fast path, the server's, and before either. */
  @Test
  void whoeverReadsVietnameseIsToldSo() {
    String vietnamese = "vi-VN,vi;q=0.9,en;q=0.8";
    String hit = "{\"page\":\"/..\"}";
    for (String accept : new String[] {"*/*", "application/json;q=0.9"}) {
      site.asPage()
          .header("Accept-Language", vietnamese)
          .accept(accept)
          .contentType("text/plain")
          .body(hit)
          .post(site.path("hits"))
          .then()
          .statusCode(422)
          .body("title", equalTo("Giá trị không hợp lệ"))
          .body("detail", startsWith("Có giá trị chưa đúng, xin kiểm tra lại. (page: "));
    }
    io.restassured.RestAssured.given()
        .header("Origin", "https://elsewhere.example")
        .header("Accept-Language", vietnamese)
        .get(site.path("counters"))
        .then()
        .statusCode(403)
        .body("detail", containsString("(origin: https://elsewhere.example)"));
  }

  @Test
  void aWrongMethodOrMediaTypeIsRefused() {
    isProblem(site.asPage().get(site.path("hits")).then(), 405, "method-not-allowed");
    isProblem(
        site.asPage().contentType("application/xml").body("<a/>").post(site.path("hits")).then(),
        415,
        "unsupported-media-type");
    isProblem(
        site.asPage()
            .accept("text/html")
            .contentType("text/plain")
            .body("{\"page\":\"/a\"}")
            .post(site.path("hits"))
            .then(),
        406,
        "not-acceptable");
    isProblem(site.asPage().get(site.path("nothing")).then(), 404, "not-found");
  }

  @Test
  void aRefusedHitLeavesNoTrace() {
    post("{\"page\":\"/a/../b\"}");
    post("{");
    site.hit("/a").body("views.total", equalTo(1)).body("online", equalTo(1));
    site.awaitFlushed(1);
    assertEquals("/a", site.database.table("SELECT path FROM page WHERE site_id = " + site.id));
  }

  @Test
  void anAnswerToAnAllowedOriginMayBeRead() {
    site.hit("/a")
        .header("Access-Control-Allow-Origin", TestSite.ORIGIN)
        .header("Vary", containsString("Origin"));
    post("{").header("Access-Control-Allow-Origin", TestSite.ORIGIN);
    site.asPage()
        .header("Access-Control-Request-Method", "PUT")
        .options(site.path("rating"))
        .then()
        .statusCode(204)
        .header("Access-Control-Allow-Methods", containsString("PUT"));
  }
}
