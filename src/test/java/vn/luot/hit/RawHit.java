package vn.luot.hit;

import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import vn.luot.TestSite;

/** A hit written byte by byte, from any of the machine's own addresses. */
public record RawHit(String from, TestSite site, String page, String headers) {
  /** What was answered 200. */
  public JsonPath send() {
    String body = "{\"page\":\"" + page + "\",\"title\":\"Title of " + page + "\"}";
    String request =
        "POST %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nOrigin: %s\r\nContent-Type: text/plain\r\n"
                .formatted(site.path("hits"), TestSite.ORIGIN)
            + "Content-Length: %d\r\n%s\r\n%s"
                .formatted(body.getBytes(StandardCharsets.UTF_8).length, headers, body);
    try (Socket socket =
        new Socket("127.0.0.1", RestAssured.port, InetAddress.getByName(from), 0)) {
      socket.setSoTimeout(60_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!answer.startsWith("HTTP/1.1 200 ")) {
        throw new IllegalStateException(answer);
      }
      return new JsonPath(answer.substring(answer.indexOf("\r\n\r\n")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
