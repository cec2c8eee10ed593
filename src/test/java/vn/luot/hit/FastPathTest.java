package vn.luot.hit;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static vn.luot.hit.KeptConnection.get;
import static vn.luot.hit.KeptConnection.hit;

import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.luot.TestSite;
import vn.luot.hit.KeptConnection.Answer;
import vn.luot.standalone.Postgres;

/**
 * Ordinary hits go a short way, unusual ones a long one: nobody can tell. The packaged application
 * has the short one; in the tests' own JVM, where nobody asked Netty for it, all are long.
 */
@Tag("packaged")
@QuarkusTest
class FastPathTest {
  private static final String ALLOWED = "Origin: " + TestSite.ORIGIN + "\r\n";

  Postgres postgres;
  TestSite site;
  KeptConnection connection;

  @BeforeEach
  void hitOnce() {
    site = TestSite.create(postgres);
    connection = new KeptConnection();
    connection.send(hit(site, "/first")).answer();
  }

  @AfterEach
  void close() {
    connection.close();
  }

  /** At the host of this one the server looks itself. */
  private static String unusual(String hit) {
    return hit.replace("Host: a\r\n", "Host: [::1]\r\n");
  }

  private static long total(Answer answer) {
    assertEquals(200, answer.status(), answer.body());
    return new JsonObject(answer.body()).getJsonObject("views").getLong("total");
  }

  private static String page(Answer answer) {
    return new JsonObject(answer.body()).getJsonObject("page").getString("path");
  }

  private List<Integer> statuses(int count) {
    return IntStream.range(0, count).map(i -> connection.answer().status()).boxed().toList();
  }

  @Test
  void bothWaysAnswerAlike() {
    Answer near = connection.send(hit(site, "/Tin-tức/\\u0111")).answer();
    Answer far = connection.send(unusual(hit(site, "/Tin-tức/\\u0111"))).answer();
    assertEquals(far.headers(), near.headers());
    assertEquals(2, total(near));
    assertEquals(3, total(far));
    assertEquals(
        far.body().replace("\"views\":2}", "").replace(":3", ":2"),
        near.body().replace("\"views\":1}", ""));
  }

  @Test
  void aSiteThatAsksForNoOriginNamesNone() {
    TestSite open = TestSite.create(postgres, "\"requireOrigin\":false");
    Answer near = connection.send(hit(open, "{\"page\":\"/a\"}", "")).answer();
    assertEquals(1, total(near));
    assertTrue(!near.headers().containsKey("access-control-allow-origin"), near::toString);
  }

  @Test
  void whatIsRefusedIsAProblemAndTheConnectionGoesOn() {
    connection.send(hit(site, "/a/../b")).send(hit(site, "{", ALLOWED));
    connection.send(hit(site, "{\"page\":\"/a\"}", "Origin: https://other.example\r\n"));
    connection.send(hit(site, "{\"page\":\"/" + "a".repeat(3000) + "\"}", ALLOWED));
    assertEquals(List.of(422, 400, 403, 413), statuses(4));
    assertEquals(2, total(connection.send(hit(site, "/a")).answer()));
    site.awaitFlushed(2);
  }

  @Test
  void aProblemSaysOnBothWaysTheSame() {
    Answer near = connection.send(hit(site, "/a/..")).answer();
    assertEquals(connection.send(unusual(hit(site, "/a/.."))).answer(), near);
  }

  @Test
  void tooManyAreRefusedOnceEach() {
    TestSite limited = TestSite.create(postgres, "\"clientHitsPerMinute\":3");
    IntStream.range(0, 6).forEach(i -> connection.send(hit(limited, "/" + i)));
    assertEquals(List.of(200, 200, 200, 429, 429, 429), statuses(6));
    Answer late = connection.send(hit(limited, "/late")).answer();
    assertTrue(late.headers().get("retry-after").matches("[1-9][0-9]?"), late::toString);
    limited.awaitFlushed(3);
  }

  @Test
  void whatIsSentAtOnceIsAnsweredInOrder() {
    connection.send(
        get(site, "counters")
            + hit(site, "/a")
            + hit(site, "/b")
            + hit(site, "/..")
            + get(site, "pages?path=/b")
            + hit(site, "/c"));
    assertEquals(200, connection.answer().status());
    assertEquals(2, total(connection.answer()));
    assertEquals(3, total(connection.answer()));
    assertEquals(422, connection.answer().status());
    Answer pages = connection.answer();
    assertTrue(pages.body().startsWith("{\"pages\":[{\"path\":\"/b\""), pages.body());
    assertEquals(4, total(connection.answer()));
  }

  @Test
  void hundredsSentAtOnceAreAllCounted() {
    int many = 500;
    StringBuilder hits = new StringBuilder();
    IntStream.range(0, many).forEach(i -> hits.append(hit(site, "/" + i % 7)));
    connection.send(hits.toString());
    for (int i = 0; i < many; i++) {
      assertEquals(2 + i, total(connection.answer()));
    }
    site.awaitFlushed(1 + many);
  }

  /** The answer of Redis comes first; a page's base comes from PostgreSQL. */
  @Test
  void hitsThatWaitForPostgresAreAnsweredInOrder() {
    String hold =
        "BEGIN; LOCK TABLE page_total IN ACCESS EXCLUSIVE MODE; SELECT pg_sleep(2); COMMIT";
    String held =
        "SELECT count(*) FROM pg_locks WHERE granted AND mode = 'AccessExclusiveLock'"
            + " AND relation = 'page_total'::regclass";
    var holding = CompletableFuture.runAsync(() -> site.database.execute(hold));
    await().until(() -> site.database.number(held) > 0);
    StringBuilder hits = new StringBuilder();
    IntStream.range(0, 20).forEach(i -> hits.append(hit(site, "/held/" + i)));
    connection.send(hits.toString());
    for (int i = 0; i < 20; i++) {
      Answer answer = connection.answer();
      assertEquals(0, site.database.number(held), "answered without its base");
      assertEquals("/held/" + i, page(answer));
      assertEquals(2 + i, total(answer));
    }
    holding.join();
    site.awaitFlushed(21);
  }

  @Test
  void connectionsOfAllLoopsGetTheirOwnAnswersInOrder() {
    int many = 200;
    List<KeptConnection> all = IntStream.range(0, 8).mapToObj(i -> new KeptConnection()).toList();
    for (KeptConnection one : all) {
      one.send(hit(site, "/first")).answer();
    }
    for (int c = 0; c < all.size(); c++) {
      StringBuilder hits = new StringBuilder();
      for (int i = 0; i < many; i++) {
        hits.append(of256Bytes(hit(site, "/" + i + "/" + c)));
      }
      all.get(c).send(hits.toString());
    }
    for (int c = 0; c < all.size(); c++) {
      for (int i = 0; i < many; i++) {
        assertEquals("/" + i + "/" + c, page(all.get(c).answer()));
      }
      all.get(c).close();
    }
    site.awaitFlushed(1 + all.size() * (1 + many));
  }

  /** What is read at once ends with such a hit. */
  private static String of256Bytes(String hit) {
    return hit.replace("Host: a", "Host: " + "a".repeat(1 + 256 - hit.length()));
  }

  @Test
  void aHitThatComesInPiecesCountsOnce() throws InterruptedException {
    String hit = hit(site, "/in/pieces");
    for (int cut : new int[] {10, hit.indexOf("\r\n\r\n") + 4, hit.length() - 3}) {
      connection.send(hit.substring(0, cut));
      // For the network: the piece must have been read before the next is there.
      Thread.sleep(100);
      connection.send(hit.substring(cut));
      connection.answer();
    }
    site.awaitFlushed(4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Connection: close\r\n", "Connection: Close\r\n"})
  void whoWantsItClosedGetsItClosed(String header) {
    assertEquals(
        2, total(connection.send(hit(site, "{\"page\":\"/a\"}", ALLOWED + header)).answer()));
    assertTrue(connection.isOver());
  }

  @Test
  void anOldClientGetsItClosed() {
    String old = hit(site, "/a").replace("HTTP/1.1", "HTTP/1.0");
    assertEquals(2, total(connection.send(old).answer()));
    assertTrue(connection.isOver());
  }
}
