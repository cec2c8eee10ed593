package vn.luot.group;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import vn.luot.TestSite;
import vn.luot.standalone.Postgres;

/** What anybody may read of the sites with a label. */
@Tag("packaged")
@QuarkusTest
class GroupTest {
  /** As the tests' settings name it, beside which a site has others. */
  private static final String LABELS = "\"labels\":[\"nội bộ\",\"công khai\"]";

  Postgres postgres;
  TestSite one;

  @BeforeEach
  void makeSite() {
    one = TestSite.create(postgres);
    // Those of a test before.
    one.database.execute(
        "UPDATE site SET rules = rules - 'labels' WHERE rules -> 'labels' ? 'công khai'");
  }

  @Test
  void theSumIsOfSitesThatAnybodyMayReadAndOfAPublicLabel() {
    TestSite first = TestSite.create(postgres, LABELS);
    TestSite second = TestSite.create(postgres, LABELS);
    TestSite secret = TestSite.create(postgres, LABELS + ",\"publicReading\":false");
    for (TestSite site : new TestSite[] {first, second, secret}) {
      site.hit("/a").statusCode(200);
      site.awaitFlushed(1);
    }
    await()
        .untilAsserted(
            () ->
                first
                    .asPage()
                    .get(first.path("group"))
                    .then()
                    .statusCode(200)
                    .header("Cache-Control", "public, max-age=10, stale-while-revalidate=30")
                    .body("label", equalTo("công khai"))
                    .body("sites", equalTo(2))
                    .body("online", notNullValue())
                    .body("views.today", equalTo(2))
                    .body("views.total", equalTo(2)));
    secret.asPage().get(secret.path("group")).then().statusCode(403);
    first.asPage().get(first.path("group?label=nội bộ")).then().statusCode(404);
    one.asPage().get(one.path("group")).then().statusCode(404);
    given()
        .header("Origin", "https://elsewhere.example")
        .get(first.path("group"))
        .then()
        .statusCode(403);
  }
}
