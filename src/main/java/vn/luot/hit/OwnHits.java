package vn.luot.hit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/** Hits as browsers send them, on connections that the pod knows to be its own. */
final class OwnHits {
  static final String RULES =
      """
      {"id":"warm-up","origins":["https://warm-up.invalid"],"clientHitsPerMinute":0,"networkVisitorsPerHour":0}""";

  private static final int MOST = 3_000;
  private static final int CONNECTIONS = 8;
  private static final int PAGES = 50;
  private static final int AGENTS = 40;

  private static final String HEAD =
      """
      POST /v1/sites/warm-up/hits HTTP/1.1
      Host: localhost
      Content-Length: %d
      Accept: */*
      Accept-Encoding: gzip, deflate, br, zstd
      Accept-Language: vi-VN,vi;q=0.9,en;q=0.8
      Content-Type: text/plain;charset=UTF-8
      Origin: https://warm-up.invalid
      Priority: u=1, i
      Referer: https://warm-up.invalid/
      Sec-Fetch-Dest: empty
      Sec-Fetch-Mode: cors
      Sec-Fetch-Site: cross-site
      User-Agent: Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/%d.0.0.0 Safari/537.36

      """
          .replace("\n", "\r\n");

  private static final String BODY =
      """
      {"page":"/tin-tuc/bai-%d.html","title":"Tin %1$d","referrer":"https://search.invalid/"}""";

  private final Set<SocketAddress> ends = ConcurrentHashMap.newKeySet();
  private volatile int answered;

  boolean comesFrom(SocketAddress peer) {
    return ends.contains(peer);
  }

  int answered() {
    return answered;
  }

  /** As many at a time as there are connections, so that they share batches. */
  void send(InetSocketAddress server, BooleanSupplier goesOn) throws IOException {
    List<Socket> connections = new ArrayList<>();
    try {
      for (int i = 0; i < CONNECTIONS; i++) {
        connections.add(connect(server));
      }
      for (int sent = 0; sent < MOST && goesOn.getAsBoolean(); sent += CONNECTIONS) {
        for (int i = 0; i < CONNECTIONS; i++) {
          connections.get(i).getOutputStream().write(hit(sent + i));
        }
        for (Socket connection : connections) {
          awaitAnswer(connection);
        }
        answered = sent + CONNECTIONS;
      }
    } finally {
      for (Socket connection : connections) {
        ends.remove(connection.getLocalSocketAddress());
        connection.close();
      }
    }
  }

  private Socket connect(InetSocketAddress server) throws IOException {
    InetAddress given = server.getAddress();
    InetAddress here = given.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : given;
    Socket socket = new Socket();
    socket.setTcpNoDelay(true);
    // It is known before it is accepted.
    socket.bind(new InetSocketAddress(here, 0));
    ends.add(socket.getLocalSocketAddress());
    socket.connect(new InetSocketAddress(here, server.getPort()));
    return socket;
  }

  private static byte[] hit(int i) {
    String body = BODY.formatted(i * 7 % PAGES);
    return (HEAD.formatted(body.length(), 100 + i % AGENTS) + body).getBytes(UTF_8);
  }

  /** Its JSON, which ends as an object does, comes at once. */
  private static void awaitAnswer(Socket connection) throws IOException {
    byte[] answer = new byte[4096];
    int length = 0;
    do {
      int more = connection.getInputStream().read(answer, length, answer.length - length);
      if (more <= 0) {
        throw new IOException("no answer");
      }
      length += more;
    } while (answer[length - 1] != '}');
    String status = new String(answer, 0, "HTTP/1.1 200".length(), US_ASCII);
    if (!status.equals("HTTP/1.1 200")) {
      throw new IOException(status);
    }
  }
}
