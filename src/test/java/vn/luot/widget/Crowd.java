package vn.luot.widget;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.restassured.RestAssured;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Many visitors, each with an address of its own out of 127.0.0.0/8, as Linux has them. */
final class Crowd {

  private static final String HEARTBEAT =
      "POST %s HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: %s\r\nUser-Agent: Firefox\r\n"
          + "Content-Type: text/plain\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}";

  private Crowd() {}

  /** Marks so many visitors online. */
  static void beat(PortalSite site, int visitors) throws IOException {
    var request = HEARTBEAT.formatted(site.path("heartbeats"), site.origin());
    for (var i = 1; i <= visitors; i++) {
      beat(request, InetAddress.getByAddress(new byte[] {127, 1, (byte) (i >> 8), (byte) i}));
    }
  }

  private static void beat(String request, InetAddress from) throws IOException {
    var luot = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    try (var socket = new Socket(luot, RestAssured.port, from, 0)) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!answer.startsWith("HTTP/1.1 200")) {
        throw new IOException(answer);
      }
    } catch (java.net.BindException e) {
      assumeTrue(false, "skipped: this system has no addresses 127.1.x.y");
    }
  }
}
