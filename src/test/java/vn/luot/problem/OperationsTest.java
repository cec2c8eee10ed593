package vn.luot.problem;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import vn.luot.TestSite;
import vn.luot.standalone.Postgres;
import vn.luot.standalone.Stores;

/** What operators see on the management port. */
@Tag("packaged")
@QuarkusTest
class OperationsTest {
  Postgres postgres;

  private URI at(String path) {
    return URI.create(
        "http://localhost:" + Integer.getInteger(Stores.MANAGEMENT_PORT) + "/q/" + path);
  }

  /** The sum over all labels. */
  private double metric(String name) {
    String all = given().get(at("metrics")).asString();
    assertTrue(all.contains(name), () -> name + " is missing in\n" + all);
    return all.lines()
        .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  private double refusedHits() {
    String all = given().get(at("metrics")).asString();
    return all.lines()
        .filter(
            line -> line.startsWith("luot_requests_refused_total{") && line.contains("\"hits\""))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  @Test
  void receivedHitsAreCountedRepeatedOfRobotsOrRefused() {
    TestSite site = TestSite.create(postgres);
    for (int i = 0; i < 3; i++) {
      site.hit("/a").statusCode(200);
    }
    site.hit("/a/../b").statusCode(422);
    given().contentType("text/plain").body("{}").post(site.path("hits")).then().statusCode(403);
    given()
        .contentType("text/plain")
        .body("{}")
        .post("/v1/sites/nosuch/hits")
        .then()
        .statusCode(404);
    site.asPage().get(site.path("hits")).then().statusCode(405);
    site.asPage().header("User-Agent", "Googlebot/2.1").get(site.path("hit.gif?page=/a"));
    TestSite strict =
        TestSite.create(postgres, "\"repeatViewSeconds\":3600,\"clientHitsPerMinute\":2");
    strict.hit("/a").statusCode(200);
    strict.hit("/a").statusCode(200);
    strict.hit("/a").statusCode(429);
    await()
        .untilAsserted(
            () ->
                assertEquals(
                    metric("luot_hits_received_total"),
                    metric("luot_hits_counted_total")
                        + metric("luot_hits_repeated_total")
                        + metric("luot_hits_bots_total")
                        + refusedHits()));
    assertTrue(refusedHits() >= 5);
    assertTrue(metric("luot_hits_repeated_total") > 0 && metric("luot_hits_bots_total") > 0);
  }

  @Test
  void theWayOfAHitIsMeasured() {
    TestSite.create(postgres).hit("/a");
    assertTrue(metric("luot_batch_hits_count") > 0);
    assertTrue(metric("luot_batch_redis_seconds_sum") > 0);
    assertTrue(metric("luot_epochs_opened_total") > 0);
    await().until(() -> metric("luot_flush_lag_seconds") >= 0);
    await().until(() -> metric("luot_flush_unflushed_registers") >= 0);
  }

  @Test
  void livenessAndReadinessAreUp() {
    for (String probe : new String[] {"live", "ready", "started"}) {
      // A pod that has just started may still be making its tables.
      await().until(() -> given().get(at("health/" + probe)).path("status"), "UP"::equals);
      given().get(at("health/" + probe)).then().statusCode(200);
    }
  }

  @Test
  void theMainPortHasTheOpenApiAndNothingOfManagement() {
    given().get("/q/openapi?format=json").then().statusCode(200).body("openapi", equalTo("3.1.0"));
    given().redirects().follow(true).get("/q/swagger-ui").then().statusCode(200);
    given().get("/q/metrics").then().statusCode(404);
    given().get("/q/health").then().statusCode(404);
  }

  @Test
  void theManagementPortCountsNoHit() {
    TestSite site = TestSite.create(postgres);
    site.hit("/a").statusCode(200);
    given()
        .header("Origin", TestSite.ORIGIN)
        .contentType("text/plain")
        .body("{\"page\":\"/a\"}")
        .post(at("").resolve(site.path("hits")))
        .then()
        .statusCode(404);
    site.awaitFlushed(1);
  }
}
