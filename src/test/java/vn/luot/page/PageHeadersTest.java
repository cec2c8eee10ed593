package vn.luot.page;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.luot.widget.Browser;

/** What browsers are told about our own pages. */
@Tag("packaged")
@QuarkusTest
class PageHeadersTest {
  private static final String POLICY = "Content-Security-Policy";

  @ParameterizedTest
  @ValueSource(
      strings = {"/admin/", "/admin/index.html", "/admin/main.js", "/%61dmin/", "/admin/none"})
  void theOwnersPageMayDoNothingButReadItsOwnService(String path) {
    given()
        .urlEncodingEnabled(false)
        .get(path)
        .then()
        .header(
            POLICY,
            equalTo(
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; frame-ancestors 'none'; base-uri 'none';"
                    + " form-action 'none'"))
        .header("X-Content-Type-Options", "nosniff")
        .header("Referrer-Policy", "no-referrer")
        // What is not there is told by a problem, which nobody keeps.
        .header("Cache-Control", anyOf(equalTo("no-cache"), equalTo("no-store")));
  }

  @Test
  void onlySharedNumbersMayStandInAFrameAndOnlyWhereThatIsSet() {
    given()
        .get("/admin/?shared")
        .then()
        .header(POLICY, containsString("frame-ancestors http://localhost:*;"));
    for (String query : List.of("shared=", "Shared", "shared&x", "x=shared")) {
      given()
          .urlEncodingEnabled(false)
          .get("/admin/?" + query)
          .then()
          .header(POLICY, containsString("frame-ancestors 'none'"));
    }
  }

  @Test
  void anUnchangedFileIsNotSentAgain() {
    String modified =
        given().get("/admin/main.js").then().statusCode(200).extract().header("Last-Modified");
    given().header("If-Modified-Since", modified).get("/admin/main.js").then().statusCode(304);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/", "/index.html", "/tin-tuc/gao-nep.html", "/nhung.html", "/embed.html"})
  void thePortalsPagesLoadNothingFromElsewhere(String path) {
    given()
        .get(path)
        .then()
        .statusCode(200)
        .header(POLICY, containsString("default-src 'self'; frame-ancestors 'self'"))
        .header("X-Content-Type-Options", "nosniff")
        .header("Cache-Control", not("no-cache"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/sites/demo/counters", "/widget.js", "/admin/v1/sites", "/q/openapi"})
  void whatIsNoPageHasNoPolicy(String path) {
    given().get(path).then().header(POLICY, nullValue());
  }

  @Test
  void theAddressWithoutItsSlashLeadsToThePage() {
    given()
        .redirects()
        .follow(false)
        .get("/admin")
        .then()
        .statusCode(308)
        .header("Location", "admin/");
    given().get("/admin").then().statusCode(200).body(containsString("id=\"board\""));
  }

  @Test
  void swaggerUiWorksUnderItsPolicy() {
    given().get("/q/swagger-ui/").then().statusCode(200).header(POLICY, containsString("'none'"));
    try (Browser browser = Browser.start()) {
      browser.open("http://127.0.0.1:" + RestAssured.port + "/q/swagger-ui/");
      browser.awaitText(
          "#operations-Public-countHit .opblock-summary-path", path -> path.contains("hits"));
      assertEquals(List.of(), browser.complaints());
    }
  }
}
