package vn.luot.site;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import org.junit.jupiter.api.Test;
import vn.luot.TestSite;

@QuarkusIntegrationTest
class PublicDoorIT extends PublicDoorTest {
  /** The server that {@code PublicDoorTest} runs in has no handlers of its own on a connection. */
  @Test
  void whatIsNoAddressIsToldSo() {
    for (String target : new String[] {"?page={a}", "?page=%zz", "?page=a|b", "/%zz"}) {
      String answer = statusLine("GET", site.path("rating") + target, TestSite.ORIGIN, "");
      assertEquals("HTTP/1.1 400 Bad Request", answer, target);
    }
    given()
        .urlEncodingEnabled(false)
        .header("Origin", TestSite.ORIGIN)
        .get(site.path("rating") + "?page=/%7Ba%7D")
        .then()
        .statusCode(200);
  }
}
