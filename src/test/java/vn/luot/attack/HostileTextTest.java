package vn.luot.attack;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import vn.luot.SiteTest;
import vn.luot.TestSite;
import vn.luot.site.PageRule;
import vn.luot.site.page.PageTitle;

/** Text that means something to a store, a template or a log is text and nothing else. */
@Tag("packaged")
@QuarkusTest
class HostileTextTest extends SiteTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Hash tags of Redis, SQL, Lua, RESP, formats, templates, globs, arrays, JSON. */
  private static final List<String> TEXTS =
      List.of(
          "{}",
          "{0}",
          "{b}:views",
          "luot{0}:epoch",
          "luot:epoch",
          "'; DROP TABLE page; --",
          "' OR '1'='1",
          "$1 $2 :name @x",
          "E'\\\\x00'",
          "\\",
          "\"quoted\"",
          "]]..redis.call('FLUSHALL')--[[",
          "\" redis.call('FLUSHALL') --",
          "KEYS[1] ARGV[1]",
          "*3 $3 SET",
          "%s%d%n%x",
          "%1$s",
          "${jndi:ldap://127.0.0.1/a}",
          "{{7*7}}",
          "<script>alert(1)</script>",
          "*[a-z]",
          "{\"a\":[1,null]}",
          "NULL",
          "=1+1",
          "\u202egnp.a\u2066",
          "😀");

  private static String json(Map<String, ?> fields) {
    try {
      return JSON.writeValueAsString(fields);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void whatMeansSomethingToAStoreIsStoredVerbatim() {
    Map<String, String> titles = new TreeMap<>();
    for (String text : TEXTS) {
      String page = "/" + text;
      titles.put(PageRule.page(page, List.of(), "page").path(), PageTitle.of(text));
      site.asPage()
          .contentType("text/plain; charset=UTF-8")
          .body(json(Map.of("page", page, "title", text, "referrer", "https://a.example/" + text)))
          .post(site.path("hits"))
          .then()
          .statusCode(200);
    }
    String stored = "SELECT title FROM page WHERE site_id = %d AND path = $verbatim$%s$verbatim$";
    // A page's name arrives with the flush after its views at the latest.
    await()
        .untilAsserted(
            () ->
                titles.forEach(
                    (path, title) ->
                        assertEquals(title, site.database.table(stored.formatted(site.id, path)))));
  }

  /** Of all headers that Luot reads, and of one that it does not. */
  @Test
  void noLineBreakGetsIntoAnAnswerOrTheLog() throws IOException {
    List<String> breaks = List.of("%0d%0a", "\r", "\n", "\\r\\n", "\u0085", "\u2028", "\u000b");
    List<String> headers =
        List.of(
            "Origin",
            "Referer",
            "User-Agent",
            "X-Forwarded-For",
            "Forwarded",
            "Content-Type",
            "Accept",
            "If-None-Match",
            "Authorization",
            "Sec-GPC",
            "X-Anything");
    try (LogLines log = LogLines.from(isPackaged())) {
      for (String lineBreak : breaks) {
        String forged = "a" + lineBreak + "X-Forged: yes";
        for (String header : headers) {
          isOneAnswer(send(site, "/counters", header + ": " + forged));
          isOneAnswer(
              send(
                  site,
                  "/counters",
                  "Origin: " + TestSite.ORIGIN + "\r\n" + header + ": " + forged));
        }
      }
      for (String field : List.of("page", "title", "referrer")) {
        Map<String, String> body = new TreeMap<>(Map.of("page", "/a"));
        body.put(field, "/a\r\nX-Forged: yes");
        site.asPage()
            .contentType("text/plain; charset=UTF-8")
            .body(json(body))
            .post(site.path("hits"));
      }
      isOneAnswer(send(site, "/pages?path=/a%0d%0aX-Forged:%20yes", "Origin: " + TestSite.ORIGIN));
      assertFalse(log.text().contains("X-Forged"), log::text);
    }
  }

  @Test
  void aBrokenFormIsNotLogged() {
    try (LogLines log = LogLines.from(isPackaged())) {
      for (String form : List.of("page=/form-secret%zz&stars=5", "stars=5&page=/form-secret%zz")) {
        site.asPage()
            .contentType("application/x-www-form-urlencoded")
            .body(form)
            .post(site.path("rating"))
            .then()
            .statusCode(400);
      }
      assertFalse(log.text().contains("form-secret"), log::text);
    }
  }

  boolean isPackaged() {
    return false;
  }

  private static void isOneAnswer(String answer) {
    assertTrue(answer.startsWith("HTTP/1.1 "), answer);
    assertEquals(answer.indexOf("HTTP/1.1 "), answer.lastIndexOf("HTTP/1.1 "), answer);
    assertFalse(answer.startsWith("HTTP/1.1 5"), answer);
    String head = answer.substring(0, answer.indexOf("\r\n\r\n"));
    assertTrue(head.lines().noneMatch(line -> line.startsWith("X-Forged")), answer);
  }

  private static String send(TestSite site, String call, String header) throws IOException {
    String request =
        "GET /v1/sites/%s%s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n%s\r\n\r\n"
            .formatted(site.slug, call, header);
    try (Socket socket = new Socket("localhost", RestAssured.port)) {
      socket.setSoTimeout(60_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
