package vn.luot.hit;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import vn.luot.TestSite;
import vn.luot.standalone.Postgres;

@Tag("packaged")
@QuarkusTest
class HitRateTest {
  Postgres postgres;

  @Test
  void oneNetworkMaySendSoManyHitsAMinute() {
    TestSite site = TestSite.create(postgres, "\"clientHitsPerMinute\":4");
    int counted = 0;
    for (int i = 0; i < 12; i++) {
      counted += site.hit("/" + i).extract().statusCode() == 200 ? 1 : 0;
    }
    assertEquals(4, counted);
    site.hit("/late")
        .statusCode(429)
        .header("Retry-After", matchesPattern("[1-9][0-9]?"))
        .header("Access-Control-Allow-Origin", TestSite.ORIGIN)
        .contentType("application/problem+json")
        .body("type", equalTo("urn:luot:problem:too-many"));
    site.asPage().get(site.path("hit.gif?page=/a")).then().statusCode(429);
    site.awaitFlushed(4);
  }

  @Test
  void anotherNetworkMayStillSend() {
    TestSite site = TestSite.create(postgres, "\"clientHitsPerMinute\":1");
    site.hit("/a").statusCode(200);
    site.hit("/b").statusCode(429);
    assertEquals(2, new RawHit("127.0.0.3", site, "/a", "").send().getInt("views.total"));
  }

  @Test
  void heartbeatsAreLimitedByThemselves() {
    TestSite site = TestSite.create(postgres, "\"clientHitsPerMinute\":1");
    site.hit("/a").statusCode(200);
    for (int status : new int[] {200, 429}) {
      site.asPage()
          .contentType("text/plain")
          .body("{}")
          .post(site.path("heartbeats"))
          .then()
          .statusCode(status);
    }
  }
}
