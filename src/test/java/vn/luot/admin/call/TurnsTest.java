package vn.luot.admin.call;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static vn.luot.admin.OperatorKey.as;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vn.luot.TestSite;
import vn.luot.admin.OperatorKey;
import vn.luot.standalone.Postgres;

/** What the keys of one site take of a pod, and that it is given back. */
@Tag("packaged")
@QuarkusTest
class TurnsTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final int OPEN_OF_ONE = 20;

  /** Owners' reads, not merges of a flush, which look there too. */
  private static final String WAITING =
      "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE"
          + " '%kept_from FROM detail_kept%'";

  Postgres postgres;
  TestSite site;
  TestSite another;
  String key;
  String anothers;

  @BeforeEach
  void makeSites() {
    site = TestSite.create(postgres);
    another = TestSite.create(postgres);
    key = OperatorKey.make(site.slug, "reader");
    anothers = OperatorKey.make(another.slug, "reader");
  }

  /** Every series waits until this is closed. */
  private Connection lock() throws SQLException {
    return lock("detail_kept");
  }

  private Connection lock(String table) throws SQLException {
    Connection connection = site.database.connect();
    connection.setAutoCommit(false);
    connection.createStatement().execute("LOCK TABLE " + table + " IN ACCESS EXCLUSIVE MODE");
    return connection;
  }

  private Socket ask() throws IOException {
    return ask("series");
  }

  private Socket ask(String call) throws IOException {
    return ask("/admin/v1/sites/" + site.slug + "/" + call, key);
  }

  private static Socket ask(String address, String key) throws IOException {
    Socket socket = new Socket("127.0.0.1", RestAssured.port);
    socket.setSoTimeout((int) SOON.toMillis());
    String request =
        "GET %s HTTP/1.1\r\n"
            + "Host: localhost\r\n"
            + "Connection: close\r\n"
            + "Authorization: Bearer %s\r\n\r\n";
    socket.getOutputStream().write(request.formatted(address, key).getBytes(US_ASCII));
    return socket;
  }

  private static String answer(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    return new String(in.readAllBytes(), US_ASCII);
  }

  /** Of one call more; empty where it was taken, as it may be before one of the others. */
  private String answerAtOnce(List<Socket> asked) throws IOException {
    return answerAtOnce(asked, key);
  }

  private String answerAtOnce(List<Socket> asked, String key) throws IOException {
    Socket more = ask("/admin/v1/sites/" + site.slug + "/series", key);
    asked.add(more);
    more.setSoTimeout(500);
    try {
      return answer(more);
    } catch (SocketTimeoutException taken) {
      return "";
    }
  }

  @Test
  void oneSitesCallsTakeTheirShareAndGiveItBack() throws Exception {
    List<Socket> asked = new ArrayList<>();
    // Whoever has it waits for no owner, nor an owner for them.
    String link = OperatorKey.make(site.slug, "viewer");
    try (Connection lock = lock()) {
      for (int i = 0; i < OPEN_OF_ONE; i++) {
        asked.add(ask());
      }
      await().until(() -> site.database.number(WAITING) == 2);
      String refused =
          await("one too many")
              .until(() -> answerAtOnce(asked), said -> said.startsWith("HTTP/1.1 429 "));
      assertTrue(refused.toLowerCase(Locale.ROOT).contains("retry-after: 2"), refused);
      as(anothers).get("/admin/v1/sites/" + another.slug).then().statusCode(200);
      as(link).get("/admin/v1/me").then().statusCode(200);
      another.hit("/a").statusCode(200);
      for (Socket socket : asked) {
        socket.close();
      }
      await("what ran for them to be cancelled")
          .until(() -> site.database.number(WAITING) == 0 && canAsk());
      lock.rollback();
    }
    as(key).get("/admin/v1/sites/" + site.slug + "/series").then().statusCode(200);
  }

  /** Links stand in pages that anybody reads. */
  @Test
  void allLinksTogetherLeaveHalfToOwners() throws Exception {
    List<Socket> asked = new ArrayList<>();
    List<String> links = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      links.add(OperatorKey.make(site.slug, "viewer"));
    }
    try (Connection lock = lock()) {
      for (int i = 0; i < 3 * OPEN_OF_ONE; i++) {
        asked.add(ask("/admin/v1/sites/" + site.slug + "/series", links.get(i % 3)));
      }
      String refused =
          await("one too many")
              .until(
                  () -> answerAtOnce(asked, links.get(3)),
                  said -> said.startsWith("HTTP/1.1 503 "));
      assertTrue(refused.contains("Too many calls of owners are open"), refused);
      as(key).get("/admin/v1/sites/" + site.slug).then().statusCode(200);
      for (Socket socket : asked) {
        socket.close();
      }
      await().until(() -> site.database.number(WAITING) == 0);
      lock.rollback();
    }
  }

  /** What answers at once, and what is streamed. */
  @ParameterizedTest
  @ValueSource(strings = {"series", "pages?from=2020-01-01", "referrers", "series?interval=hour"})
  void nothingRunsForWhoHasLeft(String call) throws Exception {
    try (Connection lock = lock()) {
      for (int i = 0; i < 10; i++) {
        // At once, and at moments on the way.
        Socket leaving = ask(call);
        Thread.sleep(3 * i);
        leaving.close();
      }
      await("nothing to run for them").until(() -> site.database.number(WAITING) == 0 && canAsk());
      lock.rollback();
    }
  }

  /** Lists of what every call needs as well; the operator's key needs none of these tables. */
  @ParameterizedTest
  @CsvSource({"site,/sites", "api_key,/keys", "import,/sites/%s/imports"})
  void noListIsReadForWhoHasLeft(String table, String call) throws Exception {
    String waiting =
        "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%FROM"
            + " "
            + table
            + "%ORDER BY%LIMIT%'";
    try (Connection lock = lock(table)) {
      Socket leaving = ask("/admin/v1" + call.formatted(site.slug), OperatorKey.KEY);
      await().until(() -> site.database.number(waiting) == 1);
      leaving.close();
      await("it to be cancelled").until(() -> site.database.number(waiting) == 0);
      lock.rollback();
    }
  }

  /** Those who left hold no turn. */
  private boolean canAsk() {
    return as(key).get("/admin/v1/sites/" + site.slug).statusCode() == 200;
  }

  @Test
  void whoWaitsForTooLongIsToldSo() throws Exception {
    List<Socket> asked = new ArrayList<>();
    try (Connection lock = lock()) {
      asked.add(ask());
      asked.add(ask());
      await().until(() -> site.database.number(WAITING) == 2);
      asked.add(ask());
      String third = answer(asked.get(2));
      assertTrue(third.startsWith("HTTP/1.1 503 "), third);
      assertTrue(third.toLowerCase(Locale.ROOT).contains("retry-after: 2"), third);
      lock.rollback();
    }
    for (Socket socket : asked.subList(0, 2)) {
      assertEquals("HTTP/1.1 200 OK", answer(socket).lines().findFirst().orElse(""));
    }
  }
}
