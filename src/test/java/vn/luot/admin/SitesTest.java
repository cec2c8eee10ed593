package vn.luot.admin;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.anEmptyMap;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static vn.luot.admin.OperatorKey.asOperator;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vn.luot.Database;
import vn.luot.standalone.Postgres;

@Tag("packaged")
@QuarkusTest
class SitesTest {
  private final String id = "s" + UUID.randomUUID().toString().substring(0, 8);

  Postgres postgres;

  private ValidatableResponse add(String body) {
    return asOperator(body).post("/admin/v1/sites").then();
  }

  private ValidatableResponse addPortal() {
    return add(
        "{\"id\":\"%s\",\"name\":\"Cổng\",\"origins\":[\"https://portal.example\"]}".formatted(id));
  }

  private ValidatableResponse change(String body) {
    return asOperator(body).patch("/admin/v1/sites/" + id).then();
  }

  private int hit(String origin) {
    return RestAssured.given()
        .header("Origin", origin)
        .contentType("text/plain")
        .body("{\"page\":\"/a\"}")
        .post("/v1/sites/" + id + "/hits")
        .statusCode();
  }

  @Test
  void ofAnOwnersCallNothingButJsonIsAskedFor() {
    asOperator()
        .contentType("text/plain")
        .body("{}")
        .post("/admin/v1/sites")
        .then()
        .statusCode(415)
        .body("detail", equalTo("Send application/json."));
  }

  @Test
  void aSiteThatWasJustAddedCountsAtOnce() {
    addPortal()
        .statusCode(201)
        .header("Location", equalTo("/admin/v1/sites/" + id))
        .body("id", equalTo(id))
        .body("timeZone", equalTo("Asia/Ho_Chi_Minh"))
        .body("repeatViewSeconds", is(10))
        .body("clientHitsPerMinute", is(600))
        .body("detailDays", nullValue());
    assertEquals(200, hit("https://portal.example"));
  }

  @Test
  void aChangeIsInForceAtOnceAndLeavesTheRestAlone() {
    addPortal();
    change("{\"origins\":[\"HTTPS://Tỉnh.Example:443\"],\"detailDays\":30}")
        .statusCode(200)
        .body("origins", hasItem("https://xn--tnh-dlz.example"))
        .body("name", equalTo("Cổng"))
        .body("detailDays", is(30));
    change("{\"detailDays\":null}").statusCode(200).body("detailDays", nullValue());
    assertEquals(403, hit("https://portal.example"));
    assertEquals(200, hit("https://xn--tnh-dlz.example"));
  }

  /** The other change has begun when this one comes, and ends only when this one waits for it. */
  @Test
  void changesThatOverlapLoseNothingOfEachOther() throws Exception {
    addPortal();
    Database database = new Database(postgres);
    String other =
        """
        DO $$ BEGIN
          UPDATE site SET rules = rules || '{"name":"Renamed"}' WHERE slug = '%s';
          WHILE NOT EXISTS (SELECT FROM pg_locks WHERE pg_backend_pid() = ANY (pg_blocking_pids(pid))) LOOP
            PERFORM pg_sleep(0.01);
          END LOOP;
        END $$
        """;
    String free = "SELECT slug FROM site WHERE slug = '%s' FOR NO KEY UPDATE SKIP LOCKED";
    CompletableFuture<Void> renaming =
        CompletableFuture.runAsync(() -> database.execute(other.formatted(id)));
    await().until(() -> database.table(free.formatted(id)), String::isEmpty);
    change("{\"detailDays\":30}")
        .statusCode(200)
        .body("detailDays", is(30))
        .body("name", equalTo("Renamed"));
    renaming.get(60, TimeUnit.SECONDS);
    assertEquals(
        "Renamed 30",
        database.table(
            "SELECT rules->>'name', rules->>'detailDays' FROM site WHERE slug = '" + id + "'"));
  }

  @Test
  void whatIsDocumentedAsDefaultAndRangeHolds() {
    JsonPath made = addPortal().extract().jsonPath();
    JsonPath document = RestAssured.get("/q/openapi?format=json").jsonPath();
    Map<String, Map<String, Object>> fields = document.getMap("components.schemas.Site.properties");
    assertEquals(made.getMap("").keySet(), fields.keySet());
    fields.forEach(
        (name, field) -> {
          if (field.containsKey("default")) {
            assertEquals(made.<Object>get(name).toString(), field.get("default").toString(), name);
          }
          if (field.get("type").toString().contains("integer")) {
            long least = ((Number) field.get("minimum")).longValue();
            long most = ((Number) field.get("maximum")).longValue();
            for (long beyond : List.of(least - 1, most + 1)) {
              change("{\"" + name + "\":" + beyond + "}")
                  .statusCode(422)
                  .body("detail", containsString("from " + least + " to " + most));
            }
          }
        });
  }

  @Test
  void whoChangedWhatIsListed() {
    addPortal();
    change("{\"name\":\"Mới\",\"detailDays\":30,\"rating\":true}").statusCode(200);
    change("{\"name\":\"Mới\"}").statusCode(200);
    change("{\"detailDays\":null,\"labels\":[\"Sở\"]}").statusCode(200);
    asOperator()
        .get("/admin/v1/sites/" + id + "/changes")
        .then()
        .statusCode(200)
        .body(
            "changes[0..1]*.became*.keySet()*.sort()",
            contains(List.of("detailDays", "labels"), List.of("detailDays", "name")))
        .body("changes[0].was.detailDays", is(30))
        .body("changes[0].became.detailDays", nullValue())
        .body("changes[0].became.labels", contains("Sở"))
        .body("changes[1].was.name", equalTo("Cổng"))
        .body("changes[1].became.name", equalTo("Mới"))
        .body("changes[1].changedBy", equalTo("first operator key"))
        .body("changes.size()", is(3))
        .body("changes[2].was", anEmptyMap())
        .body("changes[2].became.name", equalTo("Cổng"))
        .body("changes[2].changedBy", equalTo("first operator key"));
  }

  @Test
  void anIdIsGivenOnce() {
    addPortal().statusCode(201);
    addPortal().statusCode(409).body("type", equalTo("urn:luot:problem:conflict"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"name\":\"A\",\"origins\":[\"https://a.example\"]}|id",
        "{\"id\":\"Ab\",\"name\":\"A\",\"origins\":[\"https://a.example\"]}|id",
        "{\"id\":\"ab\",\"name\":\" \",\"origins\":[\"https://a.example\"]}|name",
        "{\"id\":\"ab\",\"name\":\"A\",\"origins\":[]}|origins",
        "{\"id\":\"ab\",\"name\":\"A\",\"origins\":[\"https://a.example/x\"]}|origins[0]",
        "{\"id\":\"ab\",\"name\":\"A\",\"origins\":[\"https://a.example\",\"null\"]}|origins[1]",
        "{\"id\":\"ab\",\"name\":\"A\",\"origins\":[\"ftp://a.example\"]}|origins[0]",
        "{\"id\":\"ab\",\"name\":\"A\",\"origins\":[\"https://u@a.example\"]}|origins[0]",
        "{\"id\":\"ab\",\"name\":\"A\",\"origins\":[\"https://a.example.\"]}|origins[0]",
        "{\"id\":\"ab\",\"name\":\"A\",\"origins\":[\"https://a\"],\"timeZone\":\"Hanoi\"}|timeZone",
        "{\"id\":\"ab\",\"name\":\"A\",\"origins\":[\"https://a\"],\"onlineWindowSeconds\":29}|onlineWindowSeconds",
        "{\"id\":\"ab\",\"name\":\"A\",\"origins\":[\"https://a\"],\"onlineWindowSeconds\":1.5}|onlineWindowSeconds",
        "{\"id\":\"ab\",\"name\":\"A\",\"origins\":[\"https://a\"],\"visitGapSeconds\":100}|visitGapSeconds",
        "{\"id\":\"ab\",\"name\":\"A\",\"origins\":[\"https://a\"],\"repeatViewSeconds\":-1}|repeatViewSeconds",
        "{\"id\":\"ab\",\"name\":\"A\",\"origins\":[\"https://a\"],\"detailDays\":6}|detailDays",
        "{\"id\":\"ab\",\"name\":\"A\",\"origins\":[\"https://a\"],\"colour\":\"red\"}|colour",
        "{\"id\":\"ab\",\"name\":\"A\",\"origins\":\"https://a\"}|origins",
        "{\"id\":\"ab\",\"name\":\"A\",\"origins\":[\"https://a\"],\"pageParameters\":[null]}|pageParameters",
        "{\"id\":\"ab\",\"name\":\"A\",\"origins\":[\"https://a\"],\"ignoredNetworks\":[\"10.0.0.0/33\"]}|ignoredNetworks",
      })
  void whatIsWrongIsNamed(String body, String field) {
    add(body)
        .statusCode(422)
        .contentType("application/problem+json")
        .body("errors.field", hasItem(field));
  }

  /** Offsets PostgreSQL reads the other way round, and SystemV not at all. */
  @ParameterizedTest
  @ValueSource(
      strings = {"UTC+7", "GMT+7", "UT+7", "UT", "Z", "+07:00", "SystemV/EST5EDT", "utc", ""})
  void aTimeZoneThatIsNoIanaNameIsRefused(String zone) {
    addPortal();
    change("{\"timeZone\":\"" + zone + "\"}")
        .statusCode(422)
        .body("errors.field", contains("timeZone"))
        .body("detail", containsString("such as Asia/Ho_Chi_Minh"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTC", "Etc/GMT-7", "Asia/Saigon", "Europe/Berlin"})
  void anIanaNameIsATimeZone(String zone) {
    addPortal();
    change("{\"timeZone\":\"" + zone + "\"}").statusCode(200).body("timeZone", equalTo(zone));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"[]", "{", "''", "{\"id\":\"a\",\"id\":\"b\"}", "{}{}", "null"})
  void whatIsNotOneJsonObjectIsMalformed(String body) {
    add(body).statusCode(400).contentType("application/problem+json");
  }

  @Test
  void theIdOfASiteStays() {
    addPortal();
    change("{\"id\":\"another\"}").statusCode(422).body("errors.field", hasItem("id"));
  }

  @Test
  void sitesAreListedPageByPage() {
    addPortal();
    String next =
        asOperator().get("/admin/v1/sites?limit=1").then().statusCode(200).extract().path("next");
    asOperator()
        .get("/admin/v1/sites?limit=1&after=" + next)
        .then()
        .statusCode(200)
        .body("sites.size()", is(1));
    asOperator().get("/admin/v1/sites?limit=0").then().statusCode(422);
  }

  @Test
  void aDeletedSiteIsGoneAtOnceAndItsIdFreeWhenItsDataAre() {
    addPortal();
    hit("https://portal.example");
    asOperator().delete("/admin/v1/sites/" + id).then().statusCode(422);
    asOperator().delete("/admin/v1/sites/" + id + "?confirm=" + id).then().statusCode(202);
    assertEquals(404, hit("https://portal.example"));
    asOperator().get("/admin/v1/sites/" + id).then().statusCode(404);
    asOperator()
        .get("/admin/v1/deleted-sites")
        .then()
        .statusCode(200)
        .body("sites.find { it.id == '%s' }.name".formatted(id), equalTo("Cổng"))
        .body(
            "sites.find { it.id == '%s' }.deletedBy".formatted(id), equalTo("first operator key"));
    await().until(() -> addPortal().extract().statusCode(), status -> status == 201);
    RestAssured.given()
        .header("Origin", "https://portal.example")
        .get("/v1/sites/" + id + "/counters")
        .then()
        .body("views.total", is(0));
  }

  @Test
  void aNulReachesNoStore() {
    asOperator()
        .urlEncodingEnabled(false)
        .get("/admin/v1/sites?after=%00")
        .then()
        .statusCode(400)
        .contentType("application/problem+json");
  }
}
