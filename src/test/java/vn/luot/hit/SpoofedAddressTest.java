package vn.luot.hit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import vn.luot.SiteTest;

/** {@code Stores} makes 127.0.0.2 a trusted proxy; 127.0.0.1 is a stranger. */
@Tag("packaged")
@QuarkusTest
class SpoofedAddressTest extends SiteTest {
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
}
