package vn.luot.rating;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import vn.luot.TestSite;
import vn.luot.standalone.Postgres;

/** Votes of pages without JavaScript. */
@Tag("packaged")
@QuarkusTest
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

  /** Browsers leave characters in an address that RFC 3986 does not know. */
  @Test
  void aVoterReturnsToAPageWithAnOddAddress() {
    site.hit("/tin/[1]").statusCode(200);
    site.hit("/100%").statusCode(200);
    vote(TestSite.ORIGIN, TestSite.ORIGIN + "/tin/a?x=1|2", "stars=5&page=/tin/a")
        .header("Location", equalTo(TestSite.ORIGIN + "/tin/a?x=1%7C2"));
    vote(TestSite.ORIGIN, TestSite.ORIGIN + "/", "stars=5&page=/tin/[1]")
        .header("Location", equalTo(TestSite.ORIGIN + "/tin/%5B1%5D"));
    vote(TestSite.ORIGIN, TestSite.ORIGIN + "/", "stars=5&page=/100%25")
        .header("Location", equalTo(TestSite.ORIGIN + "/100%25"));
    vote(TestSite.ORIGIN, null, "stars=5&page=/tin/a&back=https://a%5C@portal.example/")
        .statusCode(422);
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
  void whoeverSendsNoStarsIsAskedForThem() {
    for (String stars : List.of("", "stars=&")) {
      vote(TestSite.ORIGIN, null, stars + "page=/tin/a")
          .statusCode(200)
          .body(containsString("action=\"rating\""))
          .body(containsString("3 sao: đạt"));
    }
    vote(TestSite.ORIGIN, null, "stars=6&page=/tin/a").statusCode(422);
    assertVotes(0);
  }

  /** A browser shows the answer to a form as a page. */
  @Test
  void aReaderIsToldInWordsWhyAVoteIsNotTaken() {
    TestSite closed = TestSite.create(postgres, "\"rating\":false");
    String browser = "text/html,application/xhtml+xml,*/*;q=0.8";
    given()
        .header("Origin", TestSite.ORIGIN)
        .header("Accept", browser)
        .contentType("application/x-www-form-urlencoded")
        .body("stars=5&page=/tin/a")
        .post(closed.path("rating"))
        .then()
        .statusCode(403)
        .contentType(startsWith("text/html"))
        .header("Content-Security-Policy", containsString("default-src 'none'"))
        .body(containsString("Trang này hiện không nhận đánh giá."));
    given()
        .header("Origin", "https://<b>.example")
        .header("Accept", browser)
        .header("Accept-Language", "en-GB,en;q=0.9,vi;q=0.8")
        .get(site.path("counters"))
        .then()
        .statusCode(403)
        .body(containsString("Add https://&lt;b&gt;.example to the allowed origins"));
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
