package vn.luot.hit;

import io.restassured.RestAssured;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.TreeMap;
import vn.luot.TestSite;

/** One connection to the application, which is written to and read from byte by byte. */
final class KeptConnection implements AutoCloseable {
  private final Socket socket;
  private final InputStream in;

  KeptConnection() {
    try {
      socket = new Socket("127.0.0.1", RestAssured.port);
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(60_000);
      in = new BufferedInputStream(socket.getInputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Names of headers in lower case. */
  record Answer(int status, TreeMap<String, String> headers, String body) {}

  static String hit(TestSite site, String page) {
    return hit(site, "{\"page\":\"" + page + "\"}", "Origin: " + TestSite.ORIGIN + "\r\n");
  }

  static String hit(TestSite site, String body, String headers) {
    return "POST %s HTTP/1.1\r\nHost: a\r\n%sContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n%s"
        .formatted(site.path("hits"), headers, body.getBytes(StandardCharsets.UTF_8).length, body);
  }

  static String get(TestSite site, String call) {
    return "GET %s HTTP/1.1\r\nHost: a\r\nOrigin: %s\r\n\r\n"
        .formatted(site.path(call), TestSite.ORIGIN);
  }

  KeptConnection send(String text) {
    try {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Answer answer() {
    try {
      int status = Integer.parseInt(line().split(" ")[1]);
      TreeMap<String, String> headers = new TreeMap<>();
      for (String line = line(); !line.isEmpty(); line = line()) {
        int colon = line.indexOf(':');
        headers.put(
            line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
      }
      int length = Integer.parseInt(headers.remove("content-length"));
      return new Answer(status, headers, new String(in.readNBytes(length), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("closed behind " + line);
      }
      line.append((char) c);
    }
    return line.toString().strip();
  }

  /** Whether the application closed it. */
  boolean isOver() {
    try {
      return in.read() < 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
