package vn.luot.reading;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vn.luot.SiteTest;
import vn.luot.TestSite;

@Tag("packaged")
@QuarkusTest
class ReadingTest extends SiteTest {
  private Response get(String call) {
    return site.asPage().get(site.path(call));
  }

  @Test
  void countersAddWhatIsFlushedToWhatIsLive() {
    site.database.execute(
        "INSERT INTO hourly_views SELECT %d, current_date - 800, now() - interval '800 days', 5, 1000, 300"
            .formatted(site.id));
    site.hit("/a").body("views.total", equalTo(1001)).body("visits.total", equalTo(301));
    get("counters")
        .then()
        .statusCode(200)
        .header("Cache-Control", "public, max-age=5, stale-while-revalidate=30")
        .header("ETag", startsWith("W/"))
        .body("online", equalTo(1))
        .body("onlineWindowSeconds", equalTo(300))
        .body("views.today", equalTo(1))
        .body("views.yesterday", equalTo(0))
        .body("views.year", equalTo(1))
        .body("views.total", equalTo(1001))
        .body("visits.total", equalTo(301))
        .body("visitors.today", equalTo(1))
        .body("visitors.month", equalTo(1))
        .body("asOf", notNullValue());
  }

  @Test
  void unchangedCountersAreNotSentAgain() {
    String tag = get("counters").header("ETag");
    site.asPage().header("If-None-Match", tag).get(site.path("counters")).then().statusCode(304);
    site.asPage().header("If-Match", "\"x\"").get(site.path("counters")).then().statusCode(200);
  }

  /** What programs send that is unusual goes another way than what browsers send. */
  @ParameterizedTest
  @ValueSource(strings = {"none", "W/\"other\", W/\"another\""})
  void countersAreTheSameHoweverTheyAreAskedFor(String known) {
    site.hit("/a");
    Response usual = get("counters");
    Response unusual =
        site.asPage()
            .header("If-None-Match", known)
            .header("Accept", "text/html;q=0.1, application/json")
            .get(site.path("counters"));
    assertEquals(usual.statusCode(), unusual.statusCode());
    for (String header : List.of("ETag", "Content-Type", "Cache-Control", "Vary")) {
      assertEquals(usual.header(header), unusual.header(header));
    }
    assertEquals(usual.jsonPath().getMap("views"), unusual.jsonPath().getMap("views"));
    String tag = usual.header("ETag");
    Response unchanged =
        site.asPage().header("If-None-Match", tag + ", W/\"other\"").get(site.path("counters"));
    assertEquals(304, unchanged.statusCode());
    assertEquals(tag, unchanged.header("ETag"));
  }

  @Test
  void pagesAreAnsweredInTheOrderAsked() {
    site.hit("/b");
    site.hit("/b");
    site.hit("/a");
    get("pages?path=/a&path=/never&path=/b/")
        .then()
        .statusCode(200)
        .body("pages.path", contains("/a", "/never", "/b"))
        .body("pages.views", contains(1, 0, 2));
  }

  /** What programs send that is unusual goes another way than what browsers send. */
  @Test
  void pagesAreTheSameHoweverTheyAreAskedFor() {
    site.hit("/a");
    String list = "pages?path=/a&path=/never&path=/b/";
    Response usual = get(list);
    Response unusual = unusual(list);
    assertEquals(3, usual.jsonPath().getList("pages").size());
    assertEquals(usual.asString(), unusual.asString());
    for (String header :
        List.of("Content-Type", "Vary", "Access-Control-Allow-Origin", "X-Content-Type-Options")) {
      assertEquals(usual.header(header), unusual.header(header));
    }
    String wrong = "pages?path=/a&path=/b/../c";
    assertEquals(422, get(wrong).statusCode());
    assertEquals(get(wrong).asString(), unusual(wrong).asString());
  }

  private Response unusual(String call) {
    return site.asPage().header("Accept", "text/html;q=0.1, application/json").get(site.path(call));
  }

  @Test
  void aListIsReadOnceForAllWhoAskAtAboutTheSameTime() {
    AtomicInteger counted = new AtomicInteger();
    Callable<Integer> shown = () -> get("pages?path=/a").path("pages[0].views");
    await()
        .until(
            () -> {
              int before = shown.call();
              site.hit("/a");
              counted.incrementAndGet();
              return shown.call() == before;
            });
    await().until(shown, views -> views == counted.get());
  }

  /** As long as a hundred addresses of articles are, with their letters escaped. */
  @Test
  void aHundredLongPathsAreOneList() {
    String path = "/tin-tuc/" + "%E1%BB%87".repeat(14) + "-";
    String list =
        IntStream.range(0, 100).mapToObj(i -> "path=" + path + i).collect(Collectors.joining("&"));
    given()
        .urlEncodingEnabled(false)
        .header("Origin", TestSite.ORIGIN)
        .get(site.path("pages") + "?" + list)
        .then()
        .statusCode(200)
        .body("pages.size()", equalTo(100))
        .body("pages[99].path", endsWith("-99"));
  }

  /** Every browser asks for it; a cache that gives all of them the same must be right. */
  @Test
  void shortAnswersAreNotCompressed() throws IOException, InterruptedException {
    HttpRequest.BodyPublisher hit = HttpRequest.BodyPublishers.ofString("{\"page\":\"/a\"}");
    for (String call : List.of("counters", "hits")) {
      HttpRequest request =
          HttpRequest.newBuilder(
                  URI.create(RestAssured.baseURI + ":" + RestAssured.port + site.path(call)))
              .header("Origin", TestSite.ORIGIN)
              .header("Content-Type", "application/json")
              .header("Accept-Encoding", "gzip, deflate, br")
              .method(
                  call.equals("hits") ? "POST" : "GET",
                  call.equals("hits") ? hit : HttpRequest.BodyPublishers.noBody())
              .build();
      HttpResponse<String> answer =
          HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
      assertEquals(200, answer.statusCode());
      assertNotEquals("gzip", answer.headers().firstValue("Content-Encoding").orElse(""));
      assertTrue(answer.body().startsWith("{"), answer.body());
    }
  }

  /** However it is compressed, by the server or before. */
  @ParameterizedTest
  @CsvSource({
    "'gzip, deflate, br', gzip",
    "'gzip;q=1.0, identity;q=0.5', gzip",
    "'gzip;q=0, identity', ''",
    "identity, ''"
  })
  void listsAreCompressedAsAskedFor(String accepted, String encoding) throws IOException {
    String list = RestAssured.baseURI + ":" + RestAssured.port + site.path("pages?path=/a");
    // Java's newer client says that there is a body of no bytes, so it is no ordinary reader.
    HttpURLConnection asked = (HttpURLConnection) new URL(list).openConnection();
    asked.setRequestProperty("Referer", TestSite.ORIGIN + "/");
    asked.setRequestProperty("Accept", "application/json");
    asked.setRequestProperty("Accept-Encoding", accepted);
    assertEquals(encoding, Objects.requireNonNullElse(asked.getContentEncoding(), ""));
    InputStream sent = asked.getInputStream();
    InputStream plain = encoding.isEmpty() ? sent : new GZIPInputStream(sent);
    assertEquals(get("pages?path=/a").asString(), new String(plain.readAllBytes(), UTF_8));
  }

  @Test
  void topPagesAreRankedByViews() {
    site.hit("/once");
    site.hit("/twice");
    site.hit("/twice");
    site.awaitFlushed(3);
    for (String period : List.of("today", "week", "month", "year", "all")) {
      await()
          .untilAsserted(
              () ->
                  assertEquals(
                      List.of("/twice", "/once"),
                      get("pages/top?limit=3&period=" + period).path("pages.path")));
    }
    get("pages/top?limit=1")
        .then()
        .body("pages.title", contains("Title of /twice"))
        .body("pages.views", contains(2));
  }

  /** While nobody can rank anew, everybody is given what was ranked for one. */
  @Test
  void oneRankingIsForAllHoweverMuchOfItTheyWant() {
    await()
        .until(
            () -> {
              int first = get("pages/top?limit=100").statusCode();
              try (Connection lock = site.database.connect()) {
                lock.setAutoCommit(false);
                lock.createStatement().execute("LOCK TABLE page_total IN ACCESS EXCLUSIVE MODE");
                return first == 200
                    && IntStream.rangeClosed(1, 50)
                        .allMatch(n -> get("pages/top?limit=" + n).statusCode() == 200);
              }
            });
  }

  @Test
  void wrongParametersAreRefused() {
    for (String call :
        List.of(
            "pages",
            "pages?path=/a/../b",
            "pages?" + "path=/a&".repeat(101),
            "pages/top?limit=0",
            "pages/top?limit=x",
            "pages/top?period=ever",
            "pages/top?by=luck")) {
      get(call).then().statusCode(422).contentType("application/problem+json");
    }
  }

  @Test
  void aSiteThatIsNotPublicIsCountedButNotRead() {
    TestSite closed = TestSite.create(postgres, "\"publicReading\":false");
    closed
        .hit("/a")
        .statusCode(200)
        .body("online", nullValue())
        .body("views.today", nullValue())
        .body("visits.total", nullValue())
        .body("page.path", equalTo("/a"))
        .body("page.views", nullValue());
    closed
        .asPage()
        .body("{}")
        .post(closed.path("heartbeats"))
        .then()
        .statusCode(200)
        .body("online", nullValue())
        .body("heartbeatSeconds", equalTo(60));
    closed.awaitFlushed(1);
    closed
        .asPage()
        .get(closed.path("counters"))
        .then()
        .statusCode(403)
        .body("type", equalTo("urn:luot:problem:reading-closed"));
  }

  @Test
  void theMethodologyNamesTheSitesRules() {
    get("methodology")
        .then()
        .statusCode(200)
        .body("timeZone", equalTo("Asia/Ho_Chi_Minh"))
        .body("onlineWindowSeconds", equalTo(300))
        .body("visitGapSeconds", equalTo(1800))
        .body("repeatViewSeconds", equalTo(0))
        .body("optOutRespected", equalTo(false))
        .body("knownPagesOnly", equalTo(false));
  }

  @Test
  void aHeartbeatKeepsOnlineAndCountsNothing() {
    site.asPage()
        .contentType("text/plain")
        .body("{}")
        .post(site.path("heartbeats"))
        .then()
        .statusCode(200)
        .body("online", equalTo(1))
        .body("heartbeatSeconds", equalTo(60));
    get("counters").then().body("views.total", equalTo(0)).body("visits.total", equalTo(0));
  }
}
