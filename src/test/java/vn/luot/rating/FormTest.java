package vn.luot.rating;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import vn.luot.TestSite;
import vn.luot.standalone.Postgres;
import vn.luot.standalone.Stores;

/** Votes of pages without JavaScript. */
@QuarkusTest
@WithTestResource(value = Stores.class, scope = TestResourceScope.GLOBAL)
class FormTest {
  Postgres postgres;
  TestSite site;

  @BeforeEach
  void freshSite() {
    site = TestSite.create(postgres);
    // Only what somebody has viewed can be rated.
    site.hit("/tin/a").statusCode(200);
  }

  private ValidatableResponse vote(String origin, String referer, String form) {
    var request = given().redirects().follow(false).header("Origin", origin);
    if (referer != null) {
      request.header("Referer", referer);
    }
    return request
        .contentType("application/x-www-form-urlencoded")
        .body(form)
        .post(site.path("rating"))
        .then();
  }

  private void assertVotes(int count) {
    site.asPage().get(site.path("rating?page=/tin/a")).then().body("count", equalTo(count));
  }

  /** Browsers tell the origin alone unless a page says otherwise. */
  @Test
  void aVoterReturnsToThePage() {
    vote(TestSite.ORIGIN, TestSite.ORIGIN + "/", "stars=5&page=/tin/a")
        .statusCode(303)
        .header("Location", equalTo(TestSite.ORIGIN + "/tin/a"));
    vote(TestSite.ORIGIN, TestSite.ORIGIN + "/tin/a?x=1", "stars=5&page=/tin/a")
        .header("Location", equalTo(TestSite.ORIGIN + "/tin/a?x=1"));
    vote(TestSite.ORIGIN, null, "stars=5&page=" + TestSite.ORIGIN + "/tin/a")
        .header("Location", equalTo(TestSite.ORIGIN + "/tin/a"));
    vote(TestSite.ORIGIN, null, "stars=5&page=/tin/a&back=https://evil.example/").statusCode(422);
    assertVotes(1);
  }

  @Test
  void aPageThatHidesWhereItIsAsksItsReaderToConfirm() {
    vote("null", null, "stars=4&page=/tin/a<b>")
        .statusCode(200)
        .contentType(startsWith("text/html"))
        .header("Content-Security-Policy", containsString("frame-ancestors 'none'"))
        .body(containsString("value=\"4\" autofocus"))
        .body(containsString("/tin/a&lt;b&gt;"))
        .body(not(containsString("<b>")));
    assertVotes(0);
    vote(RestAssured.baseURI + ":" + RestAssured.port, null, "stars=4&page=/tin/a")
        .statusCode(303)
        .header("Location", equalTo(TestSite.ORIGIN + "/tin/a"));
    assertVotes(1);
  }

  @Test
  void nobodyElseVotesForAReader() {
    vote("https://evil.example", null, "stars=1&page=/tin/a").statusCode(200);
    assertVotes(0);
  }

  @Test
  void aLinkIsEnoughWhereAPageTakesNoForm() {
    given()
        .get(site.path("rating/form?page=/tin/a"))
        .then()
        .statusCode(200)
        .body(containsString("Đánh giá bài viết"))
        .body(containsString("5 sao: rất tốt"))
        .body(containsString("action=\"../rating\""));
    given()
        .header("Accept-Language", "en-GB")
        .get(site.path("rating/form"))
        .then()
        .body(containsString("Rate this portal"));
    given().get(site.path("rating/form?back=https://evil.example/")).then().statusCode(422);
  }
}
