package vn.luot.admin;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static vn.luot.admin.OperatorKey.asOperator;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Scanner;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vn.luot.TestSite;
import vn.luot.WaitingSender;
import vn.luot.standalone.Postgres;

/** Files of opening balances: all of one or nothing, with a report by line. */
@Tag("packaged")
@QuarkusTest
class ImportsTest {
  Postgres postgres;
  TestSite site;

  @BeforeEach
  void freshSite() {
    site = TestSite.create(postgres, "\"pageParameters\":[\"ItemID\"]");
  }

  private String imports() {
    return "/admin/v1/sites/" + site.slug + "/imports";
  }

  private RequestSpecification file(byte[] body) {
    return asOperator().contentType("text/csv").body(body).queryParam("reason", "Số liệu cũ");
  }

  private ValidatableResponse send(String body) {
    return send(body.getBytes(StandardCharsets.UTF_8));
  }

  private ValidatableResponse send(byte[] body) {
    return file(body).queryParam("wait", true).post(imports()).then().statusCode(200);
  }

  private byte[] sample(String name) {
    try (InputStream in = getClass().getResourceAsStream("/imports/" + name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException(name, e);
    }
  }

  private String stored() {
    return site.database.table(
        "SELECT path, views, visits, rating_count, rating_sum FROM baseline WHERE site_id = %d ORDER BY 1"
            .formatted(site.id));
  }

  private static final String SAMPLE =
      """
      ~portal 2743755 990112 12 54
      /tin-tuc/"cho-phien" 17 0 0 0
      /tin-tuc/gao-nep 440 0 423 1804
      /tin-tuc/mot-cua 31 0 0 0
      /vanban?ItemID=123 9 0 2 10\
      """;

  private static String sorted(String rows) {
    return String.join("\n", rows.lines().sorted().toList());
  }

  @Test
  void aFileIsInForceAsSoonAsItIsDone() {
    send(sample("sample.csv"))
        .body("state", equalTo("done"))
        .body("lines", equalTo(6))
        .body("checked", equalTo(6))
        .body("accepted", equalTo(5))
        .body("done", equalTo(5))
        .body("errors.size()", equalTo(0));
    assertEquals(sorted(SAMPLE), sorted(stored()));
    site.hit("/tin-tuc/gao-nep")
        .body("views.total", equalTo(2743756))
        .body("visits.total", equalTo(990113))
        .body("page.views", equalTo(441));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\uFEFFPATH;Views\n/a;1\n\"/b;,\t\";2\n\n\"/c\";\"3\"",
        "\n \t \npath\tviews\r\n/a\t1\r\n/b\t2\r\n\r\n/c\t3",
        "views,path\r1,/a\r2,/b\r3,/c",
        "path;;views;;;\n/a;;1\n/b;;2;;;;;\n;;;;;\n/c;;3;;;",
      })
  void everySpreadsheetsDialectIsUnderstood(String text) {
    send(text).body("errors", equalTo(List.of())).body("accepted", equalTo(3));
    assertEquals(
        "1 2 3",
        site.database.table(
            "SELECT string_agg(views::text, ' ' ORDER BY views) FROM baseline WHERE site_id = "
                + site.id));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '^',
      value = {
        "/a,,2.743.755                 ! 3 ! 3 ! views: write the number without separators, as"
            + " 2743755",
        "/a,,\"2,743,755\"             ! 3 ! 3 ! without separators",
        "/a,,-1                        ! 3 ! 3 ! whole number",
        "/a,,1e3                       ! 3 ! 3 ! whole number",
        "/a,,=1+1                      ! 3 ! 3 ! whole number",
        "/a,,9999999999999999          ! 3 ! 3 ! from 0 to 1000000000000000",
        "/a,,                          ! 3 ! 3 ! has no number",
        "/first/,,2                    ! 3 ! 1 ! /first is in line 2 already",
        "=cmd|' /C calc'A0,,1          ! 3 ! 1 ! not a formula",
        "/a/../b,,1                    ! 3 ! 1 ! ..",
        ",,1                           ! 3 ! 1 ! path",
        "~portal,,1                    ! 3 ! 1 ! ~",
        "/a,,1,,,2                     ! 3 ! 0 ! more fields",
        "\"/a\"x,,1                    ! 3 ! 0 ! after a closing quote",
        "\"/a,,1                       ! 3 ! 0 ! never closed",
        "/a,20/11/2025,1               ! 3 ! 2 ! write the day as 2025-11-20",
        "/a,2025-02-29,1               ! 3 ! 2 ! write the day as 2025-11-20",
        "/a,2999-01-01,1               ! 3 ! 2 ! to yesterday",
        "/a,1999-12-31,1               ! 3 ! 2 ! from 2000-01-01",
        "/a,2025-11-20,,1,5            ! 3 ! 2 ! votes are of no day",
      })
  void whatIsWrongIsNamedByLineAndColumnAndChangesNothing(
      String bad, int line, int column, String detail) {
    send("path,day,views,rating_count,rating_sum\n/first,,1\n" + bad + "\n")
        .body("state", equalTo("refused"))
        .body("errors[0].line", equalTo(line))
        .body("errors[0].column", equalTo(column))
        .body("errors[0].detail", containsString(detail))
        .body("done", equalTo(0));
    assertEquals("", stored());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '^',
      value = {
        "path,hits\\n/a,1                 ! 1 ! hits",
        "path,downloads\\n~site,3         ! 2 ! by file",
        "views\\n1                         ! 1 ! column path",
        "path,day\\n/a,2025-11-20          ! 1 ! column of numbers",
        "path,path,views\\n/a,/a,1         ! 1 ! twice",
        "^^                               ! 1 ! empty",
        "path,rating_count\\n/a,3          ! 2 ! count and sum",
        "path,rating_count,rating_sum\\n/a,3,16 ! 2 ! 3 to 15",
        "path,visits\\n/a,3                ! 2 ! only the site itself",
        "path,views\\n                     ! 1 ! no number is in the file",
      })
  void aFileThatCannotBeMeantIsRefused(String text, int line, String detail) {
    send(text.replace("\\n", "\n"))
        .body("state", equalTo("refused"))
        .body("errors[0].line", equalTo(line))
        .body("errors[0].detail", containsString(detail));
  }

  private String series(String metric, String from, String to) {
    return asOperator()
        .queryParam("metric", metric)
        .queryParam("interval", "day")
        .queryParam("from", from)
        .queryParam("to", to)
        .get("/admin/v1/sites/" + site.slug + "/series")
        .then()
        .statusCode(200)
        .extract()
        .jsonPath()
        .getList("points.value")
        .toString();
  }

  @Test
  void datedHistoryIsInTheSeriesListsAndTotalsHoweverOftenItIsSent() {
    site.hit("/a").statusCode(200);
    String history =
        """
        path;day;views;visits
        ~site;2025-11-20;812;301
        ~site;2025-11-21;900;
        /a;2025-11-20;40;
        /old;2025-11-20;7;
        ~site;;1000;
        """;
    for (int i = 0; i < 2; i++) {
      send(history).body("errors", equalTo(List.of())).body("done", equalTo(5));
      assertEquals("[812, 900, 0]", series("views", "2025-11-20", "2025-11-22"));
      assertEquals("[301, 0, 0]", series("visits", "2025-11-20", "2025-11-22"));
    }
    send("path,day,visits\n~site,2025-11-21,5\n/a,2025-11-21,\n").body("state", equalTo("refused"));
    send("path,day,views,visits\n~site,2025-11-21,,5\n").body("state", equalTo("done"));
    assertEquals("[812, 900, 0]", series("views", "2025-11-20", "2025-11-22"));
    assertEquals("[301, 5, 0]", series("visits", "2025-11-20", "2025-11-22"));
    site.hit("/a")
        .body("views.total", equalTo(812 + 900 + 1000 + 2))
        .body("page.views", equalTo(42));
    asOperator()
        .queryParam("from", "2025-11-01")
        .queryParam("to", "2025-11-30")
        .get("/admin/v1/sites/" + site.slug + "/pages")
        .then()
        .body("pages.path", contains("/a", "/old"))
        .body("pages.views", contains(40, 7));
    site.asPage().get(site.path("pages/top?period=all")).then().body("pages.path", hasItem("/old"));
  }

  @Test
  void historyThatWasRemovedWithTheDetailsIsNotTakenAgain() {
    site.database.execute("INSERT INTO detail_kept VALUES (%d, '2025-11-20')".formatted(site.id));
    send("path,day,views\n/a,2025-11-20,1\n/a,2025-11-19,1\n")
        .body("state", equalTo("refused"))
        .body("errors.line", contains(3))
        .body("errors[0].detail", containsString("details of before 2025-11-20 were removed"));
  }

  @Test
  void allThatIsWrongIsCountedAndTheFirstHundredShown() {
    send("path,views\n" + "/a,x\n".repeat(150))
        .body("state", equalTo("refused"))
        .body("errorCount", equalTo(150))
        .body("errors.size()", equalTo(100))
        .body("errors[99].line", equalTo(101));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r", "\r\n"})
  void linesAreCountedHoweverTheyEnd(String end) {
    send("path,views\n/a,1\n/b,y\n/c,x".replace("\n", end))
        .body("lines", equalTo(4))
        .body("errors.line", contains(3, 4));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r"})
  void aFileOfTooManyLinesIsRefusedBeforeItIsRead(String end) {
    file("x".concat(end).repeat(1_000_001).getBytes(StandardCharsets.UTF_8))
        .post(imports())
        .then()
        .statusCode(413)
        .body("detail", containsString("at most 1000000 lines"));
  }

  @Test
  void hostileBytesAreNamedAndHarmNothing() {
    byte[] latin = "path,views\n/a,1\n/b\u00e9,2\n".getBytes(StandardCharsets.ISO_8859_1);
    send(latin)
        .body("errors[0].line", equalTo(3))
        .body("errors[0].detail", containsString("UTF-8"));
    send("path,views\n/a\u0000b,1\n").body("errors[0].detail", containsString("control"));
    send("path,views\n/'); DROP TABLE baseline; --,1\n").body("state", equalTo("done"));
    assertEquals("/'); DROP TABLE baseline; -- 1 0 0 0", stored());
    send("path,views\n/" + "a".repeat(10_000_000) + ",1\n/b,2\n")
        .body("errorCount", equalTo(1))
        .body("errors[0].line", equalTo(2))
        .body("errors[0].detail", containsString("at most"));
    send("path,views\n\"/" + "a\n".repeat(400_000))
        .body("errors[0].detail", containsString("not closed"));
    send("path,views\n/a,1\n".getBytes(StandardCharsets.UTF_16))
        .body("errors[0].line", equalTo(1))
        .body("errors[0].detail", containsString("CSV UTF-8"));
    send("path,views\n" + ",".repeat(10_000_000)).body("errorCount", equalTo(1));
  }

  @Test
  void aDryRunReportsAndChangesNothing() {
    file(sample("sample.csv"))
        .queryParam("dryRun", true)
        .queryParam("wait", true)
        .post(imports())
        .then()
        .body("state", equalTo("done"))
        .body("dryRun", equalTo(true))
        .body("accepted", equalTo(5))
        .body("done", equalTo(0));
    assertEquals("", stored());
  }

  @Test
  void whatTheFileDoesNotNameStaysAndItsEntriesNameTheImport() {
    send("path,views\n/a,1\n/b,2\n");
    int id = send("path,rating_count,rating_sum\n/b,1,5\n").extract().path("id");
    assertEquals(sorted("/a 1 0 0 0\n/b 2 0 1 5"), sorted(stored()));
    site.owners("baselines?page=/b")
        .body("entries.size()", equalTo(2))
        .body("entries[0].import", equalTo(id))
        .body("entries[0].reason", equalTo("Số liệu cũ"))
        .body("entries[0].views", equalTo(null));
  }

  @Test
  void twentyThousandLinesAreImportedInTheBackgroundWithProgress() {
    StringBuilder text = new StringBuilder("path,views,rating_count,rating_sum\n");
    for (int i = 1; i <= 20_000; i++) {
      text.append("/tin-tuc/bai-viet-").append(i).append(',').append(i).append(",2,9\n");
    }
    long begin = System.nanoTime();
    String location =
        file(text.toString().getBytes(StandardCharsets.UTF_8))
            .post(imports())
            .then()
            .statusCode(202)
            .body("lines", equalTo(20_001))
            .header("Location", matchesPattern(imports() + "/\\d+"))
            .extract()
            .header("Location");
    file("path,views\n/a,1".getBytes(StandardCharsets.UTF_8))
        .post(imports())
        .then()
        .statusCode(409)
        .header("Retry-After", notNullValue());
    await()
        .pollInterval(Duration.ofMillis(100))
        .untilAsserted(() -> asOperator().get(location).then().body("state", equalTo("done")));
    System.out.printf("import of 20,000 lines: %d ms%n", (System.nanoTime() - begin) / 1_000_000);
    asOperator().get(location).then().body("done", equalTo(20_000));
    site.hit("/tin-tuc/bai-viet-20000").body("page.views", equalTo(20_001));
    asOperator().get(imports()).then().body("imports.state", contains("done"));
  }

  @Test
  void anImportBrokenOffIsShownAsSuchAndMakesRoomForTheNext() {
    site.database.execute(
        """
        INSERT INTO import (site_id, dry_run, reason, started_by, lines, touched_at)
        VALUES (%d, false, 'r', 'test', 5, now() - interval '3 minutes')\
        """
            .formatted(site.id));
    asOperator().get(imports()).then().body("imports.state", contains("brokenOff"));
    send("path,views\n/a,1\n").body("state", equalTo("done"));
    asOperator().get(imports()).then().body("imports.state", contains("done", "brokenOff"));
    site.database.execute(
        """
        INSERT INTO import (site_id, dry_run, reason, started_by, lines)
        VALUES (%d, false, 'r', 'test', 5)\
        """
            .formatted(site.id));
    file("path,views\n/a,2\n".getBytes(StandardCharsets.UTF_8))
        .post(imports())
        .then()
        .statusCode(409);
  }

  @Test
  void anUnfitCallIsRefusedBeforeItsFileIsRead() {
    byte[] body = "path,views\n/a,1".getBytes(StandardCharsets.UTF_8);
    asOperator()
        .contentType("text/csv")
        .body(body)
        .post(imports())
        .then()
        .statusCode(422)
        .body("errors.field", hasItem("reason"));
    file(body).queryParam("dryRun", "yes").post(imports()).then().statusCode(422);
    file(body).header("Content-Encoding", "gzip").post(imports()).then().statusCode(415);
    asOperator().get(imports() + "/999999999").then().statusCode(404);
    asOperator().get(imports() + "?cursor=x").then().statusCode(422);
  }

  @Test
  void onlyImportsMayHaveLargeBodies() {
    byte[] large = new byte[1_000_000];
    String wrong = "urn:luot:problem:too-large";
    site.asPage()
        .contentType("text/plain")
        .body(large)
        .post(site.path("hits"))
        .then()
        .statusCode(413)
        .body("type", equalTo(wrong));
    asOperator()
        .contentType("application/json")
        .body(new byte[66_000])
        .put("/admin/v1/sites/" + site.slug + "/baselines")
        .then()
        .statusCode(413)
        .body("type", startsWith(wrong));
    for (String answer :
        List.of(
            chunked(site.path("hits"), "text/plain"),
            chunked("/admin/v1/sites", "application/json"),
            announced(imports() + "?reason=r", 33 << 20))) {
      assertTrue(answer.startsWith("HTTP/1.1 413"), answer);
      assertTrue(answer.contains(wrong), answer);
    }
    send("path,views\n/a,1\n").body("state", equalTo("done"));
  }

  @Test
  void aFileThatComesSlowlyKeepsNobodyOut() throws IOException {
    TestSite slow = TestSite.create(postgres);
    String file = "path,views\n/a,1\n";
    try (Socket sender = new Socket("localhost", RestAssured.port)) {
      sender.setSoTimeout(60_000);
      String begun =
          "POST /admin/v1/sites/%s/imports?reason=r&wait=true HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer %s\r\nExpect: 100-continue\r\nContent-Length: %d\r\n\r\n"
              .formatted(slow.slug, OperatorKey.KEY, file.length());
      sender.getOutputStream().write(begun.getBytes(StandardCharsets.UTF_8));
      Scanner answer = new Scanner(sender.getInputStream(), StandardCharsets.UTF_8);
      assertEquals("HTTP/1.1 100 Continue", answer.nextLine());
      assertEquals("", answer.nextLine());
      sender.getOutputStream().write(file.substring(0, 4).getBytes(StandardCharsets.UTF_8));
      file(file.getBytes(StandardCharsets.UTF_8))
          .post("/admin/v1/sites/" + slow.slug + "/imports")
          .then()
          .statusCode(409);
      send(file).body("state", equalTo("done"));
      sender.getOutputStream().write(file.substring(4).getBytes(StandardCharsets.UTF_8));
      assertEquals("HTTP/1.1 200 OK", answer.nextLine());
    }
  }

  @Test
  void aFileThatWaitsToBeAskedForIsAskedFor() {
    HttpResponse<String> answer =
        WaitingSender.post(
            imports() + "?reason=r&wait=true",
            "path,views\n/a,1\n",
            "Authorization",
            "Bearer " + OperatorKey.KEY);
    assertEquals(200, answer.statusCode(), answer.body());
    assertEquals("/a 1 0 0 0", stored());
  }

  /** Its length is not said beforehand; what comes after the limit is not waited for. */
  private String chunked(String path, String type) {
    byte[] body = new byte[66_000];
    String size = Integer.toHexString(body.length) + "\r\n";
    return answer(path, type, "Transfer-Encoding: chunked\r\n\r\n" + size, body);
  }

  /** Refused for its length alone, before anything of it comes. */
  private String announced(String path, int length) {
    return answer(path, "text/plain", "Content-Length: " + length + "\r\n\r\n", new byte[0]);
  }

  private String answer(String path, String type, String rest, byte[] body) {
    try (Socket socket = new Socket("localhost", RestAssured.port)) {
      socket.setSoTimeout(60_000);
      OutputStream out = socket.getOutputStream();
      String head =
          "POST %s HTTP/1.1\r\nHost: localhost\r\nOrigin: %s\r\nContent-Type: %s\r\nAuthorization: Bearer %s\r\n"
              .formatted(path, TestSite.ORIGIN, type, OperatorKey.KEY);
      out.write((head + rest).getBytes(StandardCharsets.UTF_8));
      out.write(body);
      out.flush();
      Scanner answer = new Scanner(socket.getInputStream(), StandardCharsets.UTF_8);
      return answer.useDelimiter("(?<=})").next();
    } catch (IOException e) {
      throw new IllegalStateException(path, e);
    }
  }
}
