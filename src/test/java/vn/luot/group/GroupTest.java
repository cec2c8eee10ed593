package vn.luot.group;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;
import static vn.luot.admin.OperatorKey.as;
import static vn.luot.admin.OperatorKey.asOperator;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.text.Normalizer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import vn.luot.TestSite;
import vn.luot.admin.OperatorKey;
import vn.luot.openapi.DocumentedAnswers;
import vn.luot.standalone.Postgres;

/** What anybody may read of the sites with a label. */
@Tag("packaged")
@QuarkusTest
class GroupTest {
  private static final String LABELS_CALL = "/admin/v1/public-labels";

  /** One that is made public, beside one that is not. */
  private static final String LABELS = "\"labels\":[\"nội bộ\",\"công khai\"]";

  Postgres postgres;
  TestSite one;

  @BeforeEach
  void makeSite() {
    one = TestSite.create(postgres);
    // Those of a test before.
    one.database.execute(
        "UPDATE site SET rules = rules - 'labels' WHERE rules -> 'labels' ? 'công khai'");
    publish("công khai").statusCode(200);
  }

  private static ValidatableResponse publish(String label) {
    return asOperator()
        .contentType("application/json")
        .body(Map.of("label", label))
        .post(LABELS_CALL)
        .then();
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

  private static Response page(String label) {
    return given().accept("text/html,*/*").get("/v1/group.html?label={label}", label);
  }

  @Test
  void aLabelIsTheSameHoweverItsLettersAreComposed() {
    String label = "sở " + one.slug;
    String apart = Normalizer.normalize(label, Normalizer.Form.NFD);
    for (String written : List.of(label, apart)) {
      TestSite.create(postgres, "\"labels\":[\"%s\"]".formatted(written));
    }
    publish(apart).statusCode(200);
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                given()
                    .get("/v1/group?label={label}", label)
                    .then()
                    .statusCode(200)
                    .body("sum.sites", equalTo(2)));
    given()
        .filter(DocumentedAnswers.filter())
        .get("/v1/group.html?label={label}", apart)
        .then()
        .statusCode(200);
    String viewer =
        asOperator(Map.of("name", "Uỷ ban", "role", "viewer", "label", apart))
            .post("/admin/v1/keys")
            .path("key");
    as(viewer).get("/admin/v1/overview").then().body("labels.sites", contains(2));
    asOperator()
        .get("/admin/v1/overview/days?label={label}", apart)
        .then()
        .body("sites", equalTo(2));
  }

  @Test
  void anybodyMayOpenThePageOfAPublicLabelUntilItIsWithdrawn() {
    String label = "sở <b>\"" + one.slug;
    String escaped = "sở &lt;b&gt;&quot;" + one.slug;
    String labels =
        "\"labels\":[\"%s\"],\"name\":\"<i>Cổng</i>\"".formatted(label.replace("\"", "\\\""));
    TestSite shown = TestSite.create(postgres, labels);
    TestSite.create(postgres, labels.replace("Cổng", "Kín") + ",\"publicReading\":false");
    shown.hit("/a").statusCode(200);
    shown.awaitFlushed(1);
    page(label).then().statusCode(404).body(containsString("<h1>Không tìm thấy"));
    int id =
        publish(label)
            .statusCode(200)
            .extract()
            .path("labels.find { it.label == '%s' }.id".formatted(label));
    // Published once.
    publish(label)
        .statusCode(200)
        .body("labels.findAll { it.label == '%s' }.id".formatted(label), contains(id));
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                page(label)
                    .then()
                    .statusCode(200)
                    .contentType("text/html;charset=UTF-8")
                    .header("Cache-Control", "public, max-age=10, stale-while-revalidate=30")
                    .header("Content-Security-Policy", startsWith("default-src 'none'; style-src"))
                    .header("X-Content-Type-Options", "nosniff")
                    .body(containsString("<h1>" + escaped + "</h1>"))
                    .body(containsString(">&lt;i&gt;Cổng&lt;/i&gt;</a>"))
                    .body(not(containsString("Kín")))
                    .body(containsString("<td class=\"count\">1</td>")));
    given()
        .get("/v1/group?label={label}", label)
        .then()
        .statusCode(200)
        .body("sum.sites", equalTo(1))
        .body("sites.name", contains("<i>Cổng</i>"))
        .body("sites[0].views.total", equalTo(1));
    given()
        .get("/v1/group.html?language=en&label={label}", label)
        .then()
        .body(containsString("Visitor numbers"));
    given().get("/v1/group.html?language=fr&label={label}", label).then().statusCode(422);
    given().get("/v1/group").then().statusCode(404).header("Cache-Control", "no-store");
    asOperator().delete(LABELS_CALL + "/" + id).then().statusCode(204);
    asOperator().delete(LABELS_CALL + "/" + id).then().statusCode(204);
    asOperator()
        .get(LABELS_CALL)
        .then()
        .body("labels.find { it.id == %d }.withdrawnBy".formatted(id), notNullValue());
    await().atMost(Duration.ofSeconds(60)).until(() -> page(label).statusCode() == 404);
  }

  @Test
  void onlyOperatorsOfAllSitesMakeALabelPublic() {
    for (String role : new String[] {"viewer", "reader", "editor", "operator"}) {
      String key = OperatorKey.make(one.slug, role);
      as(key).get(LABELS_CALL).then().statusCode(403);
      as(key)
          .contentType("application/json")
          .body(Map.of("label", "công khai"))
          .post(LABELS_CALL)
          .then()
          .statusCode(403);
      as(key).delete(LABELS_CALL + "/1").then().statusCode(403);
    }
    given().get(LABELS_CALL).then().statusCode(401);
    publish("").statusCode(422);
    publish("x".repeat(65)).statusCode(422);
    asOperator().delete(LABELS_CALL + "/2147483647").then().statusCode(404);
  }
}
