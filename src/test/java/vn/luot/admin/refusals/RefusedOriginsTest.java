package vn.luot.admin.refusals;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static vn.luot.admin.OperatorKey.as;
import static vn.luot.admin.OperatorKey.asOperator;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import vn.luot.SiteTest;
import vn.luot.TestSite;
import vn.luot.admin.OperatorKey;

/** An owner learns which pages are not counted. */
@Tag("packaged")
@QuarkusTest
class RefusedOriginsTest extends SiteTest {
  private void refused(String origin, int status) {
    given()
        .header("Origin", origin)
        .contentType("text/plain")
        .body("{\"page\":\"/a\"}")
        .post(site.path("hits"))
        .then()
        .statusCode(status);
  }

  private ValidatableResponse refusals() {
    return site.owners("refusals").statusCode(200);
  }

  @Test
  void refusedOriginsAreListedUntilTheyAreRegistered() {
    refused("http://portal.example", 403);
    refused("HTTP://portal.example:80", 403);
    refused("https://www.portal.example", 403);
    refusals()
        .body("refusals.origin", contains("http://portal.example", "https://www.portal.example"))
        .body("refusals.refused", contains(2, 1))
        .body("refusals.reason", everyItem(equalTo("origin-not-allowed")))
        .body("refusals.site", everyItem(equalTo(site.slug)))
        .body("refusals[0].lastAt", notNullValue())
        .body("others", equalTo(0));
    asOperator("{\"origins\":[\"" + TestSite.ORIGIN + "\",\"http://portal.example\"]}")
        .patch("/admin/v1/sites/" + site.slug);
    refusals().body("refusals.origin", contains("https://www.portal.example"));
  }

  /** A page opened from a disk, a program, and a header that is no origin. */
  @Test
  void whatNamesNoOriginIsCountedTogether() {
    refused("null", 403);
    refused("portal.example/tin-tuc?a=1", 403);
    refusals()
        .body("refusals.origin", contains((Object) null))
        .body("refusals.refused", contains(2));
  }

  @Test
  void aPageThatMisspellsItsSiteIsSaidToItsOwner() {
    // Of its own: the other tests' sites have the same.
    String origin = "https://" + site.slug + ".example";
    asOperator("{\"origins\":[\"" + origin + "\"]}").patch("/admin/v1/sites/" + site.slug);
    org.awaitility.Awaitility.await()
        .until(
            () -> given().get("/v1/check?site=x&address=" + origin).path("registeredFor"),
            site.slug::equals);
    given().header("Origin", origin).get("/v1/sites/no-such-site/counters").then().statusCode(404);
    refusals()
        .body("refusals.origin", contains(origin))
        .body("refusals.reason", contains("unknown-site"));
  }

  @Test
  void madeUpOriginsDriveNoFrequentOneOut() {
    for (int i = 0; i < 3; i++) {
      refused("http://frequent.example", 403);
    }
    for (int i = 0; i < 60; i++) {
      refused("https://made-up-" + i + ".example", 403);
      if (i == 30) {
        // What has come so far is kept; the others meet it there.
        refusals();
      }
    }
    site.owners("refusals?limit=100")
        .body("refusals", hasSize(50))
        .body("refusals[0].origin", equalTo("http://frequent.example"))
        .body("others", equalTo(11));
    site.owners("refusals?limit=1").body("others", equalTo(60));
  }

  @Test
  void aKeyOfOneSiteReachesItsOwn() {
    TestSite other = TestSite.create(postgres);
    refused("https://elsewhere.example", 403);
    String key = OperatorKey.make(other.slug, "reader");
    as(key).get("/admin/v1/sites/" + site.slug + "/refusals").then().statusCode(403);
    as(key).get("/admin/v1/refusals").then().statusCode(200).body("refusals", empty());
    List<String> all =
        asOperator()
            .get("/admin/v1/refusals?limit=1000")
            .then()
            .statusCode(200)
            .extract()
            .path("refusals.site");
    org.hamcrest.MatcherAssert.assertThat(all, hasItem(site.slug));
    asOperator().get("/admin/v1/refusals?limit=0").then().statusCode(422);
  }
}
