package vn.luot.admin;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static vn.luot.admin.OperatorKey.as;
import static vn.luot.admin.OperatorKey.asOperator;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.luot.TestSite;
import vn.luot.standalone.Postgres;

/** Every admin call with every kind of key. */
@Tag("packaged")
@QuarkusTest
class AccessTest {
  /** Method, path, least role, and whether a key of one site is enough. */
  private record Call(String method, String path, String role, boolean ofSite) {
    static Call parse(String line) {
      String[] parts = line.strip().split(" +");
      return new Call(parts[0], parts[1], parts[2], parts[3].equals("site"));
    }

    @Override
    public String toString() {
      return method + " " + path;
    }

    boolean allows(String key) {
      List<String> roles = List.of("viewer", "reader", "editor", "operator");
      return roles.indexOf(key) >= roles.indexOf(role);
    }
  }

  private static final List<Call> CALLS =
      """
      GET    /admin/v1/sites                   reader   site
      POST   /admin/v1/sites                   operator all
      GET    /admin/v1/sites/{site}            reader   site
      PATCH  /admin/v1/sites/{site}            editor   site
      DELETE /admin/v1/sites/{site}            operator site
      GET    /admin/v1/sites/{site}/keys       editor site
      POST   /admin/v1/sites/{site}/keys       editor site
      DELETE /admin/v1/sites/{site}/keys/{id}  editor site
      GET    /admin/v1/sites/{site}/mails      editor   site
      POST   /admin/v1/sites/{site}/mails      editor   site
      DELETE /admin/v1/sites/{site}/mails/{id} editor   site
      POST   /admin/v1/sites/{site}/mails/{id}/sending editor site
      GET    /admin/v1/sites/{site}/counters   viewer   site
      GET    /admin/v1/sites/{site}/rating     viewer   site
      GET    /admin/v1/sites/{site}/series     viewer   site
      GET    /admin/v1/sites/{site}/pages      viewer   site
      PATCH  /admin/v1/sites/{site}/pages      editor   site
      GET    /admin/v1/sites/{site}/pages/sections viewer site
      GET    /admin/v1/sites/{site}/pages/shown reader  site
      GET    /admin/v1/sites/{site}/referrers  viewer   site
      GET    /admin/v1/sites/{site}/devices    viewer   site
      GET    /admin/v1/sites/{site}/votes      reader   site
      DELETE /admin/v1/sites/{site}/votes/{id} editor   site
      POST   /admin/v1/sites/{site}/votes/{id}/admission editor site
      POST   /admin/v1/sites/{site}/votes/judgements editor site
      GET    /admin/v1/sites/{site}/export     reader   site
      GET    /admin/v1/sites/{site}/report     viewer   site
      GET    /admin/v1/status                  reader   site
      GET    /admin/v1/me                      viewer   site
      GET    /admin/v1/overview                viewer   site
      GET    /admin/v1/overview/days           viewer   site
      GET    /admin/v1/overview/report         viewer   site
      GET    /admin/v1/refusals                reader   site
      GET    /admin/v1/sites/{site}/refusals   reader   site
      GET    /admin/v1/sites/{site}/changes    editor site
      GET    /admin/v1/deleted-sites           operator all
      GET    /admin/v1/public-labels           operator all
      POST   /admin/v1/public-labels           operator all
      DELETE /admin/v1/public-labels/{id}      operator all
      GET    /admin/v1/keys                    operator all
      POST   /admin/v1/keys                    operator all
      DELETE /admin/v1/keys/{id}               operator all
      GET    /admin/v1/sites/{site}/quarantine       reader site
      POST   /admin/v1/sites/{site}/quarantine/{day} editor site
      GET    /admin/v1/sites/{site}/baselines  reader   site
      PUT    /admin/v1/sites/{site}/baselines  editor   site
      GET    /admin/v1/sites/{site}/imports      reader   site
      POST   /admin/v1/sites/{site}/imports      editor   site
      GET    /admin/v1/sites/{site}/imports/{id} reader   site
      """
          .lines()
          .map(Call::parse)
          .toList();

  Postgres postgres;
  TestSite site;
  TestSite another;

  @BeforeEach
  void makeSites() {
    site = TestSite.create(postgres);
    another = TestSite.create(postgres);
  }

  /** With a body that no call takes: whoever is let in is told so, and nothing happens. */
  private int status(Call call, RequestSpecification as) {
    String path =
        call.path.replace("{site}", site.slug).replace("{id}", "0").replace("{day}", "2026-11-20");
    RequestSpecification request = as;
    if (call.method.startsWith("P")) {
      request = request.contentType("application/json").body("{\"noSuchField\":1}");
    }
    return request.request(call.method, path).statusCode();
  }

  private void assertAll(String key, ToIntFunction<Call> expected) {
    for (Call call : CALLS) {
      int status = status(call, key == null ? given() : as(key));
      int wanted = expected.applyAsInt(call);
      assertTrue(
          wanted == 0 ? status != 401 && status != 403 && status < 500 : status == wanted,
          call + " answered " + status + ", wanted " + (wanted == 0 ? "to be let in" : wanted));
    }
  }

  @Test
  void theTableListsEveryAdminCall() {
    Map<String, Map<String, Object>> paths =
        given()
            .accept("application/json")
            .get("/q/openapi?format=json")
            .then()
            .extract()
            .path("paths");
    TreeSet<String> documented = new TreeSet<>();
    paths.forEach(
        (path, calls) ->
            calls.keySet().stream()
                .filter(method -> path.startsWith("/admin/"))
                .filter(method -> !method.equals("parameters"))
                .forEach(method -> documented.add(method.toUpperCase(Locale.ROOT) + " " + path)));
    assertEquals(
        documented,
        CALLS.stream().map(Call::toString).collect(Collectors.toCollection(TreeSet::new)));
  }

  @Test
  void withoutAKeyNothingIsAnswered() {
    assertAll(null, call -> 401);
  }

  @Test
  void aRoleIsLetInWhereItIsEnough() {
    for (String role : List.of("viewer", "reader", "editor", "operator")) {
      String key = OperatorKey.make(site.slug, role);
      assertAll(key, call -> call.ofSite && call.allows(role) ? 0 : 403);
    }
  }

  @Test
  void aKeyOfAnotherSiteIsRefusedWhatIsOfThisOne() {
    String key = OperatorKey.make(another.slug, "operator");
    assertAll(key, call -> call.ofSite && !call.path.contains("{site}") ? 0 : 403);
  }

  @Test
  void aKeyOfEverySiteIsLetInEverywhere() {
    assertAll(OperatorKey.KEY, call -> 0);
  }

  @Test
  void anEndedKeyIsRefused() {
    String expired = OperatorKey.make(site.slug, "operator");
    site.database.execute(
        "UPDATE api_key SET expires_at = now() - interval '1 second' WHERE site_id = " + site.id);
    assertAll(expired, call -> 401);
  }

  @Test
  void aRevokedKeyIsSoonRefused() {
    String key = OperatorKey.make(site.slug, "operator");
    as(key).get("/admin/v1/sites/" + site.slug).then().statusCode(200);
    int id = asOperator().get(keys()).then().extract().path("keys[0].id");
    asOperator().delete(keys() + "/" + id).then().statusCode(204);
    await().until(() -> as(key).get("/admin/v1/sites/" + site.slug).statusCode() == 401);
    assertAll(key, call -> 401);
  }

  private String keys() {
    return "/admin/v1/sites/" + site.slug + "/keys";
  }

  @Test
  void aKeyIsShownOnceAndStoredAsAHash() {
    String key = OperatorKey.make(site.slug, "reader");
    assertTrue(key.matches("luot_[A-Za-z0-9_-]{43}"), key);
    asOperator().get(keys()).then().statusCode(200).body(not(containsString(key)));
    assertEquals(
        "32", site.database.table("SELECT length(hash) FROM api_key WHERE site_id = " + site.id));
  }

  @Test
  void theLastUseIsRecorded() {
    String key = OperatorKey.make(site.slug, "reader");
    as(key).get("/admin/v1/sites/" + site.slug).then().statusCode(200);
    await()
        .untilAsserted(
            () -> asOperator().get(keys()).then().body("keys[0].lastUsedAt", notNullValue()));
  }

  @Test
  void aKeyHasANameARoleAndAnEnd() {
    asOperator("{\"role\":\"king\",\"expiresAt\":\"2001-01-01T00:00:00Z\"}")
        .post(keys())
        .then()
        .statusCode(422)
        .body("errors.field", equalTo(List.of("name", "role", "expiresAt")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "{\"name\":7,\"role\":\"reader\"} name",
        "{\"name\":false,\"role\":\"reader\"} name",
        "{\"name\":\"a\",\"role\":\"reader\",\"expiresAt\":\"\"} expiresAt",
        "{\"name\":\"a\",\"role\":\"reader\",\"expiresAt\":1893456000} expiresAt",
        "{\"name\":\"a\",\"role\":\"reader\",\"expiresAt\":true} expiresAt",
      })
  void aValueOfAnotherTypeIsRefused(String body, String field) {
    asOperator(body).post(keys()).then().statusCode(422).body("errors[0].field", equalTo(field));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "{\"views\":\"5\",\"reason\":\"a\"} views",
        "{\"views\":5,\"page\":false,\"reason\":\"a\"} page",
        "{\"views\":5.0,\"reason\":\"a\"} views",
        "{\"views\":true,\"reason\":\"a\"} views",
      })
  void aBalanceOfAnotherTypeIsRefused(String body, String field) {
    asOperator(body)
        .put("/admin/v1/sites/" + site.slug + "/baselines")
        .then()
        .statusCode(422)
        .body("errors[0].field", equalTo(field));
  }

  @Test
  void aRefusalSaysHowToComeIn() {
    given()
        .get("/admin/v1/sites")
        .then()
        .statusCode(401)
        .contentType("application/problem+json")
        .header("WWW-Authenticate", "Bearer")
        .body("type", equalTo("urn:luot:problem:unauthenticated"));
  }

  @Test
  void whoTriesKeysIsMadeToWait() throws IOException {
    // From another loopback address: the other tests share theirs.
    try (Socket socket = new Socket()) {
      socket.bind(new InetSocketAddress("127.0.0.77", 0));
      socket.connect(new InetSocketAddress("127.0.0.1", RestAssured.port));
      String guess =
          "GET /admin/v1/sites HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer guess\r\n\r\n";
      String last = guess.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n");
      socket.getOutputStream().write((guess.repeat(500) + last).getBytes(US_ASCII));
      String answers = new String(socket.getInputStream().readAllBytes(), US_ASCII);
      assertEquals(500, answers.split("HTTP/1.1 401", -1).length - 1);
      assertTrue(answers.contains("HTTP/1.1 429"));
      assertTrue(
          answers.toLowerCase(Locale.ROOT).contains("retry-after: 60"), "says how long to wait");
    }
    // PostgreSQL would know it: it is not asked.
    assertEquals(429, statusFrom("127.0.0.77", OperatorKey.make(site.slug, "reader")));
    String seen = OperatorKey.make(site.slug, "reader");
    as(seen).get("/admin/v1/sites").then().statusCode(200);
    site.database.execute("UPDATE api_key SET name = 'seen' WHERE site_id = " + site.id);
    assertEquals(200, statusFrom("127.0.0.77", seen));
  }

  private static int statusFrom(String address, String key) throws IOException {
    try (Socket socket = new Socket()) {
      socket.bind(new InetSocketAddress(address, 0));
      socket.connect(new InetSocketAddress("127.0.0.1", RestAssured.port));
      socket
          .getOutputStream()
          .write(
              ("GET /admin/v1/sites HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                      + "Authorization: Bearer "
                      + key
                      + "\r\n\r\n")
                  .getBytes(US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), US_ASCII);
      return Integer.parseInt(answer.split(" ")[1]);
    }
  }

  @Test
  void aKeyThatWasJustRevokedMakesAndRevokesNoOther() {
    String key = OperatorKey.make(site.slug, "operator");
    int id = as(key).get(keys()).then().statusCode(200).extract().path("keys[0].id");
    site.database.execute("UPDATE api_key SET revoked_at = now() WHERE id = " + id);
    as(key)
        .contentType("application/json")
        .body("{\"name\":\"next\",\"role\":\"operator\"}")
        .post(keys())
        .then()
        .statusCode(401);
    as(key).delete(keys() + "/" + id).then().statusCode(401);
    assertEquals(
        1, site.database.number("SELECT count(*) FROM api_key WHERE site_id = " + site.id));
  }

  private static RequestSpecification sending(String key, Map<String, Object> body) {
    return as(key).contentType("application/json").body(body);
  }

  @Test
  void anEditorHandsOutLinksAndNoOtherKeys() {
    String editor = OperatorKey.make(site.slug, "editor");
    int others = as(editor).get(keys()).then().statusCode(200).extract().path("keys.size()");
    assertEquals(0, others, "keys that an editor sees of others");
    for (String role : List.of("reader", "editor", "operator")) {
      sending(editor, Map.of("name", "a", "role", role)).post(keys()).then().statusCode(403);
    }
    int link =
        sending(editor, Map.of("name", "Sở", "role", "viewer"))
            .post(keys())
            .then()
            .statusCode(201)
            .extract()
            .path("id");
    int own = asOperator().get(keys()).then().extract().path("keys[0].id");
    as(editor).delete(keys() + "/" + own).then().statusCode(403);
    as(editor).delete(keys() + "/" + link).then().statusCode(204);
    as(editor)
        .get(keys())
        .then()
        .body("keys.id", equalTo(List.of(link)))
        .body("keys[0].revokedBy", equalTo("key " + own + " (test editor)"));
  }

  @Test
  void aLinkEndsWithinAYearAndOfItselfAfterAMonth() {
    var link = Map.<String, Object>of("name", "a", "role", "viewer");
    String end =
        sending(OperatorKey.KEY, link)
            .post(keys())
            .then()
            .statusCode(201)
            .extract()
            .path("expiresAt");
    long days = Duration.between(Instant.now(), OffsetDateTime.parse(end)).toDays();
    assertTrue(days == 29 || days == 30, end);
    var tooLong = new HashMap<>(link);
    tooLong.put("expiresAt", OffsetDateTime.now(ZoneOffset.UTC).plusDays(400).toString());
    tooLong.put("label", "of one site");
    sending(OperatorKey.KEY, tooLong)
        .post(keys())
        .then()
        .statusCode(422)
        .body("errors.field", equalTo(List.of("label", "expiresAt")));
  }

  private void label(List<String> labels) {
    sending(OperatorKey.KEY, Map.of("labels", labels))
        .patch("/admin/v1/sites/" + site.slug)
        .then()
        .statusCode(200);
  }

  @Test
  void aLinkOfALabelReachesTheSitesThatHaveItAtTheTime() {
    String label = "nhóm " + site.slug;
    label(List.of(label));
    String link =
        sending(OperatorKey.KEY, Map.of("name", "a", "role", "viewer", "label", label))
            .post("/admin/v1/keys")
            .then()
            .statusCode(201)
            .extract()
            .path("key");
    String counters = "/admin/v1/sites/%s/counters";
    as(link).get(counters.formatted(site.slug)).then().statusCode(200);
    as(link).get(counters.formatted(another.slug)).then().statusCode(403);
    as(link).get(counters.formatted("none-such")).then().statusCode(403);
    as(link).get("/admin/v1/me").then().body("everySite", equalTo(false), "label", equalTo(label));
    await()
        .untilAsserted(
            () ->
                as(link)
                    .get("/admin/v1/overview")
                    .then()
                    .body("sites.id", equalTo(List.of(site.slug))));
    label(List.of());
    as(link).get(counters.formatted(site.slug)).then().statusCode(403);
  }

  @Test
  void whatACallDoesNotTakeIsRefusedByName() {
    as(OperatorKey.KEY)
        .get("/admin/v1/sites/" + site.slug + "/series?interval=day&pages=/x")
        .then()
        .statusCode(400)
        .body("errors[0].field", equalTo("pages"))
        .body("errors[0].detail", containsString("compare, from, interval, metric, page, to"));
    for (String query : List.of("limit=1&limit=2", "limit=1&%6Cimit=2", "x", "Limit=1")) {
      asOperator()
          .urlEncodingEnabled(false)
          .get("/admin/v1/sites?" + query)
          .then()
          .statusCode(400)
          .body("errors", notNullValue());
    }
    asOperator().get("/admin/v1/sites?limit=1&").then().statusCode(200);
  }
}
