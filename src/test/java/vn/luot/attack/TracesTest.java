package vn.luot.attack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import vn.luot.TestSite;
import vn.luot.standalone.Postgres;
import vn.luot.standalone.Redis;

/** What a visitor leaves behind: nothing that tells who it was or what else it looked at. */
@Tag("packaged")
@QuarkusTest
class TracesTest {
  /** Address, agent, cookie and what else of addresses is no page; the first two as bytes too. */
  private static final List<String> PERSONAL =
      List.of(
          "198.18.77.77",
          "198.18.77.0",
          "\\xc6\\x12MM",
          "c6124d4d",
          "TraceAgent",
          "cookie-secret",
          "referrer-secret",
          "query-secret",
          "fragment-secret");

  private static final String HEADERS =
      "X-Forwarded-For: 198.18.77.77\r\nUser-Agent: TraceAgent/77.1\r\nCookie: a=cookie-secret\r\n";

  Postgres postgres;
  Redis redis;

  @Test
  void noAddressAgentOrForeignUrlReachesAStoreOrTheLog() throws IOException {
    assumeTrue(redis != null, "needs a Redis of its own to listen to");
    TestSite site = TestSite.create(postgres);
    try (Monitor monitor = Monitor.of(redis.port());
        LogLines log = LogLines.from(isPackaged())) {
      String page = "/trace?x=query-secret#fragment-secret";
      String referrer = "https://ref.example/referrer-secret?q=query-secret";
      send(site, "POST", "hits", "{\"page\":\"%s\",\"referrer\":\"%s\"}".formatted(page, referrer));
      send(site, "POST", "heartbeats", "{}");
      send(site, "PUT", "rating?page=/trace", "{\"stars\":5}");
      send(site, "POST", "hits", "{\"page\":\"/trace/../query-secret\"}");
      site.awaitFlushed(1);
      String sent = monitor.text();
      assertTrue(sent.contains("/trace") && sent.contains("ref.example"), "it is listened to");
      for (String secret : PERSONAL) {
        assertFalse(sent.contains(secret), () -> "Redis is sent " + secret);
        assertFalse(log.text().contains(secret), () -> "the log has " + secret);
        assertEquals("", tablesWith(site, secret), () -> "PostgreSQL has " + secret);
      }
    }
  }

  boolean isPackaged() {
    return false;
  }

  /** From the address of a trusted proxy; see {@code Stores}. */
  private static void send(TestSite site, String method, String call, String body)
      throws IOException {
    String request =
        "%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nOrigin: %s\r\n%s"
                .formatted(method, site.path(call), TestSite.ORIGIN, HEADERS)
            + "Content-Type: text/plain\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(body.length(), body);
    try (Socket socket =
        new Socket("127.0.0.1", RestAssured.port, InetAddress.getByName("127.0.0.2"), 0)) {
      socket.setSoTimeout(60_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(answer.matches("(?s)HTTP/1.1 (200|422) .*"), answer);
    }
  }

  private static String tablesWith(TestSite site, String text) {
    return site.database.table(
        site.database
            .table("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
            .lines()
            .map(table -> rowsWith(table, text))
            .collect(Collectors.joining(" UNION ")));
  }

  private static String rowsWith(String table, String text) {
    return "SELECT '%1$s' FROM \"%1$s\" AS r WHERE strpos(r::text, '%2$s') > 0"
        .formatted(table, text.replace("\\x", ""));
  }
}
