package vn.luot.site.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import org.junit.jupiter.api.Test;
import vn.luot.TestSite;

@QuarkusIntegrationTest
class PublicDoorIT extends PublicDoorTest {
  /** The server that {@code PublicDoorTest} runs in has no handlers of its own on a connection. */
  @Test
  void whatIsNoAddressIsToldSo() {
    for (String target : new String[] {"/%zz", "/{a}", "/a|b?page=/a"}) {
      String answer = statusLine("GET", site.path("rating") + target, TestSite.ORIGIN, "");
      assertEquals("HTTP/1.1 400 Bad Request", answer, target);
    }
  }

  @Test
  void queriesAreTakenAsBrowsersWriteThem() {
    site.hit("/50%-off|{a}`^b");
    String asked = "?path=/50%-off|{a}`^b&path=/tin-tức";
    String answer = send("GET", site.path("pages") + asked, "Origin: " + TestSite.ORIGIN, "");
    assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
    assertTrue(answer.contains("\"path\":\"/50%25-off|{a}`^b\",\"views\":1"), answer);
    assertTrue(answer.contains("\"path\":\"/tin-tức\""), answer);
    for (String query : new String[] {"page=/50%", "page=/a%zz", "page=/x&y=%&z=|"}) {
      String dot = send("GET", site.path("hit.gif?") + query, "Origin: " + TestSite.ORIGIN, "");
      assertTrue(dot.startsWith("HTTP/1.1 200 "), query);
    }
    site.awaitFlushed(4);
  }

  @Test
  void aRequestWhoseEndOthersMaySeeElsewhereEndsTheConnection() {
    String next = "GET " + site.path("rating") + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    for (String header :
        new String[] {"Transfer-Encoding: gzip", "Transfer-Encoding: gzip, chunked", "Host: b"}) {
      String end = header.contains("chunked") ? "0\r\n\r\n" : "";
      String answer = send("POST", site.path("hits"), header, end + next);
      assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
      assertTrue(answer.contains("urn:luot:problem:malformed"), answer);
      assertEquals(1, answer.split("HTTP/1.1 ", -1).length - 1, answer);
    }
  }
}
