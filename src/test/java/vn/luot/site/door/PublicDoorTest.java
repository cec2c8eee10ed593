package vn.luot.site.door;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.Headers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import vn.luot.SiteTest;
import vn.luot.TestSite;

/** No way of writing an address leads past the door. */
@Tag("packaged")
@QuarkusTest
class PublicDoorTest extends SiteTest {
  private static final String[] DISGUISES = {
    "/%76%31/sites/SITE/hits", "/v1/./sites/SITE/hits", "//v1/sites/SITE/hits",
    "/v1//sites/SITE/hits", "/v1/%73ites/SITE/hits", "/v1/sites;x/SITE/hits",
    "/v1/sites/SITE;x/hits", "/x/../v1/sites/SITE/hits", "/v1/sites/SITE/hits;x=1"
  };

  String statusLine(String method, String target, String origin, String body) {
    String headers = "Origin: " + origin + "\r\nContent-Length: " + body.length();
    String answer = send(method, target, headers, body);
    assertTrue(answer.contains("application/problem+json"), answer);
    return answer.lines().findFirst().orElseThrow();
  }

  /** Byte for byte: HTTP clients tidy addresses up. */
  static String send(String method, String target, String headers, String behind) {
    String request =
        "%s %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nConnection: close\r\n"
                .formatted(method, target)
            + headers
            + "\r\n\r\n"
            + behind;
    try (Socket socket = new Socket("localhost", RestAssured.port)) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void anAddressWrittenInAnotherWayIsNothing() {
    for (String disguise : DISGUISES) {
      String target = disguise.replace("SITE", site.slug);
      String answer = statusLine("POST", target, "https://evil.example", "{\"page\":\"/a\"}");
      assertEquals("HTTP/1.1 404 Not Found", answer, target);
    }
    site.hit("/a").body("views.total", equalTo(1));
  }

  @Test
  void aReaderWithoutOriginIsKnownByWhereItComesFrom() {
    given()
        .header("Referer", TestSite.ORIGIN + "/tin-tuc/a")
        .get(site.path("counters"))
        .then()
        .statusCode(200);
    given()
        .header("Referer", TestSite.ORIGIN + "/tin-tuc/a")
        .head(site.path("counters"))
        .then()
        .statusCode(200);
    given()
        .header("Referer", TestSite.ORIGIN + ".evil.example/")
        .get(site.path("counters"))
        .then()
        .statusCode(403);
    given()
        .header("Referer", TestSite.ORIGIN)
        .contentType("text/plain")
        .body("{\"page\":\"/a\"}")
        .post(site.path("hits"))
        .then()
        .statusCode(403);
  }

  @Test
  void aQueryThatIsNoUtf8IsRefusedInWords() {
    String foreign = statusLine("GET", site.path("pages?path=/%ff"), TestSite.ORIGIN, "");
    assertTrue(foreign.startsWith("HTTP/1.1 422"), foreign);
  }

  /** Of two, a cache goes by the stricter one. */
  @Test
  void anAnswerSaysOnceHowLongItIsGood() {
    for (String call : List.of("badge.svg", "badge.svg?show=x", "pages", "pages/top", "group")) {
      Headers headers = site.asPage().get(site.path(call)).headers();
      assertEquals(1, headers.getValues("Cache-Control").size(), call + headers);
    }
  }

  /** They hold no numbers, and tell whoever made the page what is wrong with it. */
  @Test
  void refusalsAreReadableFromEverywhere() {
    given()
        .header("Origin", TestSite.ORIGIN)
        .get("/v1/sites/no-such-site/counters")
        .then()
        .statusCode(404)
        .header("Access-Control-Allow-Origin", equalTo("*"));
    given()
        .header("Origin", "https://elsewhere.example")
        .get(site.path("counters"))
        .then()
        .statusCode(403)
        .header("Access-Control-Allow-Origin", equalTo("*"))
        .body("detail", containsString("https://elsewhere.example"));
    site.send("{\"page\":\"/../a\"}")
        .statusCode(422)
        .header("Access-Control-Allow-Origin", equalTo(TestSite.ORIGIN));
  }

  @Test
  void aCheckTellsInWhichWayAPageIsRegistered() {
    given()
        .get("/v1/check?site=" + site.slug + "&address=" + TestSite.ORIGIN + "/a?b")
        .then()
        .statusCode(200)
        .body("known", equalTo(true))
        .body("origin", equalTo(TestSite.ORIGIN))
        .body("registered", equalTo(true));
    given()
        .get("/v1/check?site=no-such-site&address=HTTPS://Portal.example:443/a|b")
        .then()
        .statusCode(200)
        .body("origin", equalTo("https://portal.example"));
    given()
        .get("/v1/check?site=no-such-site&address=HTTPS://Nobody.example:443/a")
        .then()
        .body("known", equalTo(false))
        .body("origin", equalTo("https://nobody.example"))
        .body("registered", equalTo(false))
        .body("registeredFor", equalTo(null));
    given().get("/v1/check?site=x&address=bacninh").then().statusCode(422);
  }
}
