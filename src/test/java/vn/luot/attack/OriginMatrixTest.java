package vn.luot.attack;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.Method;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import vn.luot.TestSite;
import vn.luot.standalone.Postgres;

/** Which origins may call, for every kind of call; who may not leaves no trace. */
@Tag("packaged")
@QuarkusTest
class OriginMatrixTest {
  /** The second is what a browser makes of an international name. */
  private static final List<String> ALLOWED =
      List.of("https://portal.example", "https://xn--bcninh-qta7k.example:8443");

  private static final String[] REFUSED = {
    null, // missing
    "",
    "null",
    "*",
    "https://evil-portal.example",
    "https://portal.example.evil.example",
    "https://www.portal.example",
    "https://ortal.example",
    "http://portal.example",
    "https://portal.example:443",
    "https://portal.example:8443",
    "https://xn--bcninh-qta7k.example",
    "https://b\u1eafcninh.example:8443",
    "HTTPS://PORTAL.EXAMPLE",
    "https://Portal.example",
    "https://portal.example.",
    "https://portal.example/",
    "https://portal.example/a",
    "https://portal.example?",
    "https://portal.example#",
    "https://user@portal.example",
    "https://portal.example@evil.example",
    "https://portal.example, https://evil.example",
    "https://portal.example https://evil.example",
    "//portal.example",
    "portal.example",
    "https://portal.example%00.evil.example",
    "https://portal.example\\.evil.example",
  };

  private static final Map<String, Method> CALLS =
      Map.of(
          "hits", Method.POST,
          "heartbeats", Method.POST,
          "rating", Method.PUT,
          "counters", Method.GET,
          "hit.gif?page=/a", Method.GET);

  Postgres postgres;

  private static Response call(TestSite site, String call, Method method, String origin) {
    RequestSpecification request = given();
    if (origin != null) {
      request.header("Origin", origin);
    }
    if (method != Method.GET) {
      request.contentType("text/plain").body("{\"page\":\"/a\",\"stars\":5}");
    }
    return request.request(method, site.path(call));
  }

  @Test
  void theMatrixHasNoWrongAnswerAndARefusalLeavesNoState() {
    TestSite site = TestSite.create(postgres);
    site.database.execute(
        "UPDATE site SET rules = rules || '{\"origins\":[\"%s\"]}' WHERE id = %d"
            .formatted(String.join("\",\"", ALLOWED), site.id));
    await("the application to know")
        .until(() -> call(site, "counters", Method.GET, ALLOWED.get(1)).statusCode() == 200);
    Arrays.stream(REFUSED).forEach(origin -> refused(site, origin));
    call(site, "counters", Method.GET, ALLOWED.get(0))
        .then()
        .body("views.total", equalTo(0))
        .body("online", equalTo(0));
    call(site, "rating", Method.GET, ALLOWED.get(0)).then().body("count", equalTo(0));
    ALLOWED.forEach(origin -> allowed(site, origin));
  }

  private static void refused(TestSite site, String origin) {
    CALLS.forEach(
        (call, method) -> {
          Response answer = call(site, call, method, origin);
          String what = method + " " + call + " from " + origin;
          assertEquals(403, answer.statusCode(), what);
          assertEquals("urn:luot:problem:origin-not-allowed", answer.path("type"), what);
          // The refusal itself may be read by any page: it says what to register.
          assertEquals("*", answer.header("Access-Control-Allow-Origin"), what);
          assertTrue(variesByOrigin(answer), what);
        });
    Response preflight = call(site, "hits", Method.OPTIONS, origin);
    assertEquals(403, preflight.statusCode(), "preflight from " + origin);
    assertEquals("*", preflight.header("Access-Control-Allow-Origin"));
  }

  /** Where it is compressed, the same line names Accept-Encoding too. */
  private static boolean variesByOrigin(Response answer) {
    return String.join(",", answer.headers().getValues("Vary")).contains("Origin");
  }

  private static void allowed(TestSite site, String origin) {
    CALLS.forEach(
        (call, method) -> {
          Response answer = call(site, call, method, origin);
          assertEquals(200, answer.statusCode(), method + " " + call + " from " + origin);
          assertEquals(origin, answer.header("Access-Control-Allow-Origin"));
          assertNull(answer.header("Access-Control-Allow-Credentials"));
          assertTrue(variesByOrigin(answer));
        });
    Response wrong = call(site, "rating?page=/a/../b", Method.GET, origin);
    assertEquals(422, wrong.statusCode());
    assertEquals(origin, wrong.header("Access-Control-Allow-Origin"));
    assertTrue(variesByOrigin(wrong));
  }
}
