package vn.luot.admin.visitors;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import vn.luot.SiteTest;
import vn.luot.TestSite;

@Tag("packaged")
@QuarkusTest
class DevicesTest extends SiteTest {
  private static final String ANDROID =
      "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0"
          + " Mobile Safari/537.36";
  private static final String EDGE =
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
          + " Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0";
  private static final String CRAWLER = "Mozilla/5.0 (compatible; Googlebot/2.1)";

  private static void send(TestSite site, String agent, String call, String body) {
    site.asPage()
        .header("User-Agent", agent)
        .contentType("text/plain")
        .body(body)
        .post(site.path(call))
        .then()
        .statusCode(200);
  }

  private static ValidatableResponse devices(TestSite site, String query) {
    return site.owners("devices" + query);
  }

  @Test
  void aVisitCountsForWhatItBeganWith() {
    send(site, ANDROID, "heartbeats", "{}");
    send(site, ANDROID, "hits", "{\"page\":\"/a\"}");
    send(site, ANDROID, "hits", "{\"page\":\"/b\"}");
    send(site, EDGE, "hits", "{\"page\":\"/a\"}");
    send(site, EDGE.replace("Edg/131", "Edg/130"), "hits", "{\"page\":\"/a\"}");
    send(site, CRAWLER, "hits", "{\"page\":\"/a\"}");
    devices(site, "")
        .statusCode(200)
        .body("devices", hasSize(2))
        .body("devices[0].device", equalTo("Desktop"))
        .body("devices[0].browser", equalTo("Edge"))
        .body("devices[0].system", equalTo("Windows"))
        .body("devices[0].visits", equalTo(2))
        .body("devices[1].device", equalTo("Phone"))
        .body("devices[1].browser", equalTo("Chrome"))
        .body("devices[1].system", equalTo("Android"))
        .body("devices[1].visits", equalTo(1));
    assertEquals(
        site.database.table("SELECT sum(visits) FROM hourly_views WHERE site_id = " + site.id),
        site.database.table("SELECT sum(visits) FROM device_visits WHERE site_id = " + site.id));
  }

  @Test
  void aRangeHasItsDaysOnlyAndWhoIsUnknownIsInNone() {
    site.asPage()
        .header("DNT", "1")
        .contentType("text/plain")
        .body("{\"page\":\"/a\"}")
        .post(site.path("hits"));
    site.database.execute(
        "INSERT INTO device_visits VALUES (%1$d, '2026-01-01', 'Phone|Safari|iOS', 7, 3), (%1$d, '2026-01-01', 'Phone|Safari|iOS', 8, 2), (%1$d, '2026-01-02', 'Other|Other|Other', 7, 9)"
            .formatted(site.id));
    devices(site, "?from=2026-01-01&to=2026-01-01")
        .body("devices.visits", equalTo(java.util.List.of(5)));
    devices(site, "?from=2026-01-01").body("devices", hasSize(2));
    devices(site, "?from=2026-01-03&to=2026-01-02").statusCode(400);
  }
}
