package vn.luot.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.luot.SiteTest;
import vn.luot.TestSite;

/**
 * What HTTP asks of a server, byte by byte, of the packaged application: in the tests' own JVM
 * nobody looks at connections.
 */
@QuarkusIntegrationTest
class HttpIT extends SiteTest {
  private static final String ASKED_BEHIND = "GET /q/behind HTTP/1.1\r\nHost: a\r\n\r\n";

  /** All that is answered until the connection ends, or nothing more comes for a minute. */
  private static String answers(String request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", RestAssured.port)) {
      socket.setSoTimeout(60_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      StringBuilder answers = new StringBuilder();
      byte[] some = new byte[65_536];
      try {
        for (int n = 0; n >= 0; n = socket.getInputStream().read(some)) {
          answers.append(new String(some, 0, n, StandardCharsets.UTF_8));
        }
        return answers + "CLOSED";
      } catch (IOException nothingMore) {
        return answers.toString();
      }
    }
  }

  private static List<String> statuses(String answers) {
    return Pattern.compile("HTTP/1\\.[01] (\\d+)")
        .matcher(answers)
        .results()
        .map(found -> found.group(1))
        .toList();
  }

  private String post(String headers, String body) {
    String head = "POST %s HTTP/1.1\r\nHost: a\r\nOrigin: %s\r\nContent-Type: text/plain\r\n";
    return head.formatted(site.path("heartbeats"), TestSite.ORIGIN) + headers + "\r\n\r\n" + body;
  }

  /** Whoever stands in front may see the end of such a request elsewhere. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 2\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding: chunked\r\nContent-Length: 2",
        "Transfer-Encoding: chunked, chunked",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding: gzip, chunked",
        "Transfer-Encoding: xchunked",
        "Transfer-Encoding:\u000bchunked",
        "Transfer-Encoding : chunked",
        "Content-Length: 2\r\nContent-Length: 3",
        "Content-Length: 2\r\nContent-Length: 2",
        "Content-Length: 2, 2",
        "Content-Length: +2",
        "Content-Length: 0x2",
        "Content-Length: -2",
        "Content-Length : 2",
        "Content-Length: 2\r\nHost: b",
        "Content-Length: 2\r\n Folded: on",
        "Content-Length: 2\r\nNo colon",
        "Content-Length: 2\r\nX: a\rTransfer-Encoding: chunked",
        "Content-Length: 2\r\nX: a\u0000b",
      })
  void whatMayBeReadInTwoWaysEndsTheConnection(String headers) throws IOException {
    String answers = answers(post(headers, "{}" + ASKED_BEHIND));
    assertEquals(List.of("400"), statuses(answers), answers);
    assertTrue(answers.endsWith("CLOSED"), answers);
    assertTrue(answers.contains("urn:luot:problem:malformed"), answers);
  }

  /** For a GET with these the decoder sees a body of eight bytes, and a proxy sees none. */
  @Test
  void aHandshakeOfAnOldWebSocketTakesNothingFromTheNextRequest() throws IOException {
    String keys = "Sec-WebSocket-Key1: 1\r\nSec-WebSocket-Key2: 2\r\n";
    String get = "GET %s HTTP/1.1\r\nHost: a\r\n".formatted(site.path("methodology"));
    String answers = answers(get + keys + "\r\n" + ASKED_BEHIND);
    assertEquals(List.of("400"), statuses(answers), answers);
    assertTrue(answers.endsWith("CLOSED"), answers);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "zz\r\n{}\r\n0\r\n\r\n",
        "-2\r\n{}\r\n0\r\n\r\n",
        "2\r\n{}xx0\r\n\r\n",
        "2\n{}\r\n0\r\n\r\n",
        "fffffffff2\r\n{}\r\n0\r\n\r\n",
      })
  void brokenChunksEndTheConnection(String chunks) throws IOException {
    String answers = answers(post("Transfer-Encoding: chunked", chunks + ASKED_BEHIND));
    assertTrue(answers.endsWith("CLOSED"), answers);
    assertTrue(!answers.contains(" 404 "), "what follows is no request: " + answers);
  }

  @Test
  void chunksInPiecesAreReadToTheirEnd() throws IOException {
    String chunked =
        post("Transfer-Encoding: chunked", "1;a=b\r\n{\r\n1\r\n}\r\n0\r\nT: x\r\n\r\n");
    String last = post("Connection: close\r\nContent-Length: 2", "{}");
    assertEquals(List.of("200", "200", "200"), statuses(answers(chunked + chunked + last)));
  }

  @Test
  void whatIsSentAheadOfAnUpgradeOrAContinuationIsAnsweredInOrder() throws IOException {
    String waits = post("Expect: 100-continue\r\nContent-Length: 2", "{}");
    String upgrade =
        "GET /q/none HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    String last = post("Connection: close\r\nContent-Length: 2", "{}");
    String answers = answers(waits + upgrade + waits + last);
    assertEquals(
        List.of("200", "404", "200", "200"),
        statuses(answers).stream().filter(status -> !status.equals("100")).toList(),
        answers);
    assertTrue(answers.endsWith("CLOSED"), answers);
  }

  @Test
  void headsThatAreTooLongAreToldSo() throws IOException {
    String line = answers("GET /" + "a".repeat(20_000) + " HTTP/1.1\r\nHost: a\r\n\r\n");
    assertEquals(List.of("414"), statuses(line), line);
    assertTrue(line.contains("urn:luot:problem:address-too-long"), line);
    String headers = answers("GET / HTTP/1.1\r\nHost: a\r\nX: " + "a".repeat(20_000) + "\r\n\r\n");
    assertEquals(List.of("431"), statuses(headers), headers);
    assertTrue(headers.contains("urn:luot:problem:headers-too-large"), headers);
  }

  @Test
  void hostIsNeededOnce() throws IOException {
    String path = site.path("counters");
    String head =
        "GET " + path + " HTTP/1.1\r\nConnection: close\r\nOrigin: " + TestSite.ORIGIN + "\r\n";
    assertEquals(List.of("400"), statuses(answers(head + "\r\n")));
    assertEquals(List.of("400"), statuses(answers(head + "Host: a\r\nHost: a\r\n\r\n")));
    assertEquals(List.of("400"), statuses(answers(head + "Host: a b\r\n\r\n")));
    assertEquals(List.of("200"), statuses(answers(head + "Host: a\r\n\r\n")));
    assertEquals(List.of("200"), statuses(answers(head + "Host: [::1]:8080\r\n\r\n")));
  }

  @Test
  void everyReadSaysHowLongItIsGood() {
    Stream.of("counters", "pages?path=/a", "pages/top", "rating", "methodology", "badge.svg")
        .map(call -> site.asPage().get(site.path(call)))
        .forEach(answer -> assertTrue(answer.header("Cache-Control") != null, answer::asString));
    assertEquals("no-store", site.asPage().get(site.path("x")).header("Cache-Control"));
    Response owners = RestAssured.get("/admin/v1/sites");
    assertEquals("no-store", owners.header("Cache-Control"));
    assertEquals("nosniff", owners.header("X-Content-Type-Options"));
  }

  @Test
  void compressedAnswersAreForThoseWhoTakeThem() {
    for (String call : List.of("pages?path=/a", "pages/top", "rating", "methodology")) {
      Response answer = site.asPage().header("Accept-Encoding", "gzip").get(site.path(call));
      String vary = answer.headers().getValues("Vary").toString().toLowerCase(Locale.ROOT);
      assertEquals("gzip", answer.header("Content-Encoding"), call);
      assertTrue(vary.contains("origin") && vary.contains("accept-encoding"), call + vary);
    }
  }

  @Test
  void otherMethodsAreToldWhichThereAre() {
    Response hits = site.asPage().delete(site.path("hits"));
    assertEquals("OPTIONS, POST", hits.header("Allow"));
    assertEquals("GET, HEAD, OPTIONS", site.asPage().post(site.path("counters")).header("Allow"));
    assertEquals(
        "DELETE, GET, HEAD, OPTIONS, POST, PUT",
        site.asPage().patch(site.path("rating")).header("Allow"));
  }
}
