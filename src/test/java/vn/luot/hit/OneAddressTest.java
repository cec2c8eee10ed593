package vn.luot.hit;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.both;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import vn.luot.TestSite;
import vn.luot.standalone.Postgres;

/** How many one address is, whatever it says it is. */
@Tag("packaged")
@QuarkusTest
class OneAddressTest {
  private static final String PHONE =
      "User-Agent: Mozilla/5.0 (Linux; Android %d; SM-A%d) AppleWebKit/537.36"
          + " Chrome/131.0.0.%d\r\n";

  Postgres postgres;

  private static JsonPath hit(TestSite site, String from, int person, String page) {
    String agent = PHONE.formatted(10 + person % 5, person / 5, person);
    return new RawHit("127.0.0.2", site, page, "X-Forwarded-For: " + from + "\r\n" + agent).send();
  }

  /** Read from Redis once a second, and estimated: two of sixty may be taken for others. */
  private static void assertVisitors(TestSite site, int visitors) {
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
    TestSite site = TestSite.create(postgres);
    for (int person = 1; person <= 60; person++) {
      assertEquals(person, hit(site, "203.0.113.9", person, "/a").getInt("visits.today"));
    }
    assertEquals(60, hit(site, "203.0.113.9", 7, "/b").getInt("online"));
    assertVisitors(site, 60);
  }

  @Test
  void whoeverChangesItsAgentIsNoMoreThanAnOffice() {
    TestSite site = TestSite.create(postgres);
    JsonPath last = null;
    for (int i = 1; i <= 300; i++) {
      last = hit(site, "203.0.113.9", i, "/a");
    }
    assertEquals(300, last.getInt("views.today"));
    assertEquals(60, last.getInt("visits.today"));
    assertEquals(60, last.getInt("online"));
    assertVisitors(site, 60);
    assertEquals(61, hit(site, "203.0.113.10", 1, "/a").getInt("visits.today"), "the neighbour");
  }

  @Test
  void addressesOfOneBlockAreNoMoreThanSixteenOffices() {
    TestSite site = TestSite.create(postgres);
    JsonPath last = null;
    for (int i = 0; i < 1100; i++) {
      last = hit(site, "2001:db8:1:%x::1".formatted(i), 1, "/a");
    }
    int visits = last.getInt("visits.today");
    // One more every four seconds, meanwhile.
    assertTrue(visits >= 960 && visits < 1050, visits + " visits");
    int more = hit(site, "2001:db8:2::1", 1, "/a").getInt("visits.today");
    assertEquals(visits + 1, more, "another block");
  }

  @Test
  void repeatedViewsOfWhoIsNotKnownCountOnceForTheirNetwork() {
    TestSite site = TestSite.create(postgres, "\"repeatViewSeconds\":3600,\"respectOptOut\":true");
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
}
