package vn.luot.hit;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.both;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.matchesPattern;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import vn.luot.SiteTest;
import vn.luot.TestSite;

/** How many an address is, whatever it says it is, and how much it may send. */
@Tag("packaged")
@QuarkusTest
class SendersTest extends SiteTest {
  private static final String PHONE =
      "User-Agent: Mozilla/5.0 (Linux; Android %d; SM-A%d) AppleWebKit/537.36"
          + " Chrome/131.0.0.%d\r\n";

  private JsonPath hit(String from, int person, String page) {
    String agent = PHONE.formatted(10 + person % 5, person / 5, person);
    return new RawHit("127.0.0.2", site, page, "X-Forwarded-For: " + from + "\r\n" + agent).send();
  }

  /** Read from Redis once a second, and estimated: two of sixty may be taken for others. */
  private void assertVisitors(int visitors) {
    await()
        .untilAsserted(
            () ->
                site.asPage()
                    .get(site.path("counters"))
                    .then()
                    .body(
                        "visitors.today",
                        both(greaterThan(visitors - 3)).and(lessThan(visitors + 3))));
  }

  @Test
  void anOfficeBehindOneAddressIsAsManyAsItHas() {
    for (int person = 1; person <= 60; person++) {
      assertEquals(person, hit("203.0.113.9", person, "/a").getInt("visits.today"));
    }
    assertEquals(60, hit("203.0.113.9", 7, "/b").getInt("online"));
    assertVisitors(60);
  }

  @Test
  void whoeverChangesItsAgentIsNoMoreThanAnOffice() {
    JsonPath last = null;
    for (int i = 1; i <= 300; i++) {
      last = hit("203.0.113.9", i, "/a");
    }
    assertEquals(300, last.getInt("views.today"));
    assertEquals(60, last.getInt("visits.today"));
    assertEquals(60, last.getInt("online"));
    assertVisitors(60);
    assertEquals(61, hit("203.0.113.10", 1, "/a").getInt("visits.today"), "the neighbour");
  }

  @Test
  void addressesOfOneBlockAreNoMoreThanSixteenOffices() {
    JsonPath last = null;
    for (int i = 0; i < 1100; i++) {
      last = hit("2001:db8:1:%x::1".formatted(i), 1, "/a");
    }
    int visits = last.getInt("visits.today");
    // One more every four seconds, meanwhile.
    assertTrue(visits >= 960 && visits < 1050, visits + " visits");
    int more = hit("2001:db8:2::1", 1, "/a").getInt("visits.today");
    assertEquals(visits + 1, more, "another block");
  }

  @Test
  void repeatedViewsOfWhoIsNotKnownCountOnceForTheirNetwork() {
    site = TestSite.create(postgres, "\"repeatViewSeconds\":3600,\"respectOptOut\":true");
    for (int i = 1; i <= 50; i++) {
      String headers = "X-Forwarded-For: 203.0.113.9\r\nDNT: 1\r\n" + PHONE.formatted(14, i, 0);
      JsonPath numbers = new RawHit("127.0.0.2", site, "/a", headers).send();
      assertEquals(1, numbers.getInt("views.today"));
      assertEquals(0, numbers.getInt("online"));
    }
    String neighbour = "X-Forwarded-For: 203.0.113.10\r\nDNT: 1\r\n";
    assertEquals(2, new RawHit("127.0.0.2", site, "/a", neighbour).send().getInt("views.today"));
    assertEquals(3, new RawHit("127.0.0.2", site, "/b", neighbour).send().getInt("views.today"));
  }

  private int onlineAfter(String from, String headers) {
    return new RawHit(from, site, "/a", headers).send().getInt("online");
  }

  @Test
  void aStrangerWhoNamesOtherAddressesIsOneVisitor() {
    for (int i = 1; i <= 20; i++) {
      String address = "203.0.113." + i;
      String headers =
          "X-Forwarded-For: %s\r\nForwarded: for=%s\r\nX-Real-IP: %s\r\nTrue-Client-IP: %s\r\n"
              .formatted(address, address, address, address);
      assertEquals(1, onlineAfter("127.0.0.1", headers));
    }
  }

  @Test
  void whomATrustedProxyNamesIsTheVisitor() {
    assertEquals(1, onlineAfter("127.0.0.2", "X-Forwarded-For: 203.0.113.1\r\n"));
    assertEquals(2, onlineAfter("127.0.0.2", "X-Forwarded-For: 203.0.113.2\r\n"));
    assertEquals(2, onlineAfter("127.0.0.2", "X-Forwarded-For: 203.0.113.1\r\n"));
  }

  @Test
  void whatAVisitorPutBeforeTheProxysWordMakesNobodyElse() {
    for (int i = 1; i <= 20; i++) {
      String headers =
          "X-Forwarded-For: 198.51.100.%d\r\nX-Forwarded-For: 10.0.0.%d, 203.0.113.9\r\n"
              .formatted(i, i);
      assertEquals(1, onlineAfter("127.0.0.2", headers + "Forwarded: for=10.0.0." + i + "\r\n"));
    }
  }

  @Test
  void aHouseholdsLongAddressesAreOneVisitor() {
    assertEquals(1, onlineAfter("127.0.0.2", "X-Forwarded-For: 2001:db8:1:2::1\r\n"));
    assertEquals(1, onlineAfter("127.0.0.2", "X-Forwarded-For: [2001:db8:1:2:9::8]:443\r\n"));
    assertEquals(2, onlineAfter("127.0.0.2", "X-Forwarded-For: 2001:db8:1:3::1\r\n"));
  }

  @Test
  void oneNetworkMaySendSoManyHitsAMinute() {
    site = TestSite.create(postgres, "\"clientHitsPerMinute\":4");
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
    site = TestSite.create(postgres, "\"clientHitsPerMinute\":1");
    site.hit("/a").statusCode(200);
    site.hit("/b").statusCode(429);
    assertEquals(2, new RawHit("127.0.0.3", site, "/a", "").send().getInt("views.total"));
  }

  @Test
  void heartbeatsAreLimitedByThemselves() {
    site = TestSite.create(postgres, "\"clientHitsPerMinute\":1");
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
