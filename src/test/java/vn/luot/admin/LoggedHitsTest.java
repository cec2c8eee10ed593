package vn.luot.admin;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.abort;
import static vn.luot.admin.OperatorKey.asOperator;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.luot.TestSite;
import vn.luot.standalone.Postgres;

/** Hits of servers' logs: each counted at its time, a batch once. */
@Tag("packaged")
@QuarkusTest
class LoggedHitsTest {
  private static final String BROWSER =
      "\"Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0\"";

  Postgres postgres;

  private static Response post(TestSite site, String batch, String body) {
    return asOperator()
        .contentType("text/csv")
        .body(body)
        .queryParam("reason", "log")
        .queryParam("wait", true)
        .queryParam("batch", batch)
        .post("/admin/v1/sites/" + site.slug + "/imports");
  }

  private static ValidatableResponse send(TestSite site, String batch, String body) {
    return post(site, batch, body).then().statusCode(200);
  }

  private static String hours(TestSite site) {
    return site.database.table(
        "SELECT to_char(hour AT TIME ZONE 'Asia/Ho_Chi_Minh', 'DD HH24'), views, bots FROM"
            + " hourly_views"
            + " WHERE site_id = %d ORDER BY hour".formatted(site.id));
  }

  private static String pages(TestSite site) {
    return site.database.table(
        "SELECT to_char(day, 'DD'), path, views FROM page_views LEFT JOIN page USING (site_id,"
            + " page)"
            + " WHERE site_id = %d ORDER BY day, path".formatted(site.id));
  }

  @Test
  void linesAreCountedAtTheirTimeByTheSitesRulesAndOnce() {
    TestSite site =
        TestSite.create(
            postgres,
            "\"repeatViewSeconds\":10,\"pageParameters\":[\"ItemID\"],\"ignoredNetworks\":[\"203.0.113.0/24\"],\"listedAfterNetworks\":2");
    String log =
        """
        time,path,address,agent
        2025-11-20T08:30:00+07:00,/a/?x=1,198.51.100.7,%1$s
        2025-11-20T01:30:09Z,https://portal.example/a,198.51.100.7,%1$s
        2025-11-20T08:30:12+07:00,/a,198.51.100.7,%1$s
        2025-11-20T08:30:12+07:00,/a,2001:db8::7,%1$s
        2025-11-20T09:00:00+07:00,/vanban?ItemID=3&q=1,198.51.100.7,%1$s
        2025-11-20T09:00:01+07:00,/vanban?ItemID=3,198.51.100.8,Googlebot/2.1
        2025-11-20T09:00:02+07:00,/vanban?ItemID=3,203.0.113.9,%1$s
        2025-11-20T23:59:59+07:00,/b,,
        2025-11-20T23:59:59+07:00,/b,,
        2025-11-20T17:00:00Z,/b,,
        2025-11-20T23:00:00+07:00,/a/../b,,
        """
            .formatted(BROWSER);
    int id =
        send(site, "access.log-1", log)
            .body("state", equalTo("done"))
            .body("batch", equalTo("access.log-1"))
            .body("accepted", equalTo(10))
            .body("done", equalTo(7))
            .body("errors.line", contains(12))
            .body("errors.column", contains(2))
            .extract()
            .path("id");
    String counted = "20 08 3 0\n20 09 1 2\n20 23 2 0\n21 00 1 0";
    assertEquals(counted, hours(site));
    assertEquals("20 /a 3\n20 /b 2\n20 /vanban?ItemID=3 1\n21 /b 1", pages(site));
    send(site, "access.log-1", log).body("id", equalTo(id)).body("done", equalTo(7));
    assertEquals(counted, hours(site));
    site.hit("/a").body("views.total", equalTo(8)).body("page.views", equalTo(4));
    site.asPage()
        .get(site.path("pages/top?period=all"))
        .then()
        .body("pages.path", hasItem("/a"))
        .body("pages.path", not(hasItem("/b")));
    send(site, "access.log-2", "path;time\n/b;2025-11-20T09:10:00+07:00\n")
        .body("done", equalTo(1));
    assertEquals("20 08 3 0\n20 09 2 2\n20 23 2 0\n21 00 1 0", hours(site).substring(0, 39));
  }

  /** Strangers write in it: what they ask for, the name of their user, their agent. */
  @Test
  void theToolMakesABatchOfAServersLog() throws IOException {
    Path log = Files.createTempFile("access", ".log");
    String line =
        "198.51.100.7 - %s [20/Nov/2025:08:30:00 +0700] \"%s HTTP/1.1\" 200 9 \"-\" \"%s\"\n";
    Files.writeString(
        log,
        line.formatted("-", "GET //[", "Mozilla/5.0")
            + line.formatted("u [1", "GET /a", "Mozilla/5.0")
            + line.formatted("-", "GET /style.css?v=1.2", "Mozilla/5.0")
            + line.formatted("-", "POST /a", "Mozilla/5.0")
            + line.formatted("-", "GET /a?file=b.pdf", "Lượt"));
    ProcessBuilder tool = new ProcessBuilder("python3", "src/main/dist/tools/access-log.py");
    tool.environment().put("PYTHONIOENCODING", "ascii");
    Process made = startIfInstalled(tool.redirectInput(log.toFile()));
    assertEquals(
        """
        time,path,address,agent
        2025-11-20T08:30:00+07:00,//[,198.51.100.7,Mozilla/5.0
        2025-11-20T08:30:00+07:00,/a?file=b.pdf,198.51.100.7,Lượt
        """,
        new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    Files.delete(log);
  }

  private static Process startIfInstalled(ProcessBuilder program) {
    try {
      return program.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    } catch (IOException e) {
      return abort("skipped: " + e.getMessage());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '^',
      value = {
        "20/11/2025 08:30,/a,, ! 2 ! 1 ! write the time as 2026-11-20T08:30:00+07:00",
        "2025-11-20T08:30:00,/a,, ! 2 ! 1 ! write the time as",
        "2999-01-01T00:00:00Z,/a,, ! 2 ! 1 ! in the future",
        "1999-12-31T00:00:00Z,/a,, ! 2 ! 1 ! from 2000-01-01 on",
        "2025-11-20T08:30:00Z,,, ! 2 ! 2 ! path",
        "2025-11-20T08:30:00Z,/a,10.0.0.0/8, ! 2 ! 3 ! an IPv4 or IPv6 address",
        "2025-11-20T08:30:00Z,/a,localhost, ! 2 ! 3 ! an IPv4 or IPv6 address",
      })
  void aBatchOfWhichNothingIsRightIsRefusedAndItsNameIsFree(
      String bad, int line, int column, String detail) {
    TestSite site = TestSite.create(postgres);
    send(site, "b", "time,path,address,agent\n" + bad + "\n")
        .body("state", equalTo("refused"))
        .body("errors[0].line", equalTo(line))
        .body("errors[0].column", equalTo(column))
        .body("errors[0].detail", containsString(detail));
    send(site, "b", "time,path\n2025-11-20T08:30:00Z,/a\n").body("done", equalTo(1));
  }

  @Test
  void halfABatchCountsNothing() {
    TestSite site = TestSite.create(postgres);
    String half = "time,path\n2025-11-20T08:30:00Z,/a\n2025-11-20T08:30:00Z,\"/b\n";
    send(site, "b", half).body("state", equalTo("refused")).body("accepted", equalTo(1));
    send(site, "b", "path,views\n/a,1\n").body("errors[0].detail", containsString("none of time"));
    send(site, "b", "time,path\n").body("state", equalTo("done")).body("done", equalTo(0));
    assertEquals("", hours(site));
  }

  @Test
  void aFileOfMorePagesAndDaysThanAPodHasMemoryForIsRefused() {
    TestSite site = TestSite.create(postgres);
    LocalDate first = LocalDate.of(2010, 1, 1);
    String hits =
        IntStream.range(0, 140_000)
            .mapToObj(i -> first.plusDays(i / 100) + "T05:00:00Z,/" + i + "\n")
            .collect(Collectors.joining());
    send(site, "b", "time,path\n" + "x,/a\n".repeat(101) + hits)
        .body("state", equalTo("refused"))
        .body("errors[0].detail", containsString("split the file"));
    assertEquals("", hours(site));
    send(site, "b", "time,path\n2025-11-20T08:30:00Z,/a\n").body("done", equalTo(1));
  }

  @Test
  void aDryRunTakesNoName() {
    TestSite site = TestSite.create(postgres);
    String soon = Instant.now().plusSeconds(20).truncatedTo(ChronoUnit.SECONDS).toString();
    String hits = "time,path\n" + soon + ",/a\n";
    asOperator()
        .body(hits)
        .post(
            "/admin/v1/sites/%s/imports?reason=r&wait=true&dryRun=true&batch=b"
                .formatted(site.slug))
        .then()
        .body("state", equalTo("done"));
    assertEquals("", hours(site));
    send(site, "b", hits).body("done", equalTo(1));
    site.hit("/a").body("views.total", equalTo(2));
  }

  @Test
  void manyWhoSendABatchAtOnceCountItOnce() {
    TestSite site = TestSite.create(postgres);
    String hits = "time,path\n" + "2025-11-20T08:30:00Z,/a\n".repeat(500);
    List<CompletableFuture<Integer>> sent =
        IntStream.range(0, 8)
            .mapToObj(i -> CompletableFuture.supplyAsync(() -> post(site, "b", hits).statusCode()))
            .collect(Collectors.toList());
    assertEquals(true, sent.stream().map(CompletableFuture::join).toList().contains(200));
    send(site, "b", hits).body("done", equalTo(500));
    assertEquals("20 15 500 0", hours(site));
  }

  @Test
  void pagesThatAreNotKnownCountForOtherWhereTheSiteSaysSo() {
    TestSite site = TestSite.create(postgres, "\"knownPagesOnly\":true");
    site.database.execute(
        "INSERT INTO page (site_id, page, path, first_seen) VALUES (%d, %d, '/a', now())"
            .formatted(site.id, vn.luot.site.page.Page.of("/a").key()));
    String hits = "2025-11-20T08:30:00+07:00,/a\n2025-11-20T08:30:00+07:00,/b\n".repeat(2);
    send(site, "b", "time,path\n" + hits).body("done", equalTo(4));
    assertEquals("20 /a 2\n20 ~other 2", pages(site));
  }

  @Test
  void aNameSaysSomething() {
    post(TestSite.create(postgres), "n".repeat(101), "")
        .then()
        .statusCode(422)
        .body("errors.field", contains("batch"));
  }
}
