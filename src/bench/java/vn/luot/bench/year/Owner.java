package vn.luot.bench.year;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks over HTTP with a key, and measures until the last byte or the first. */
final class Owner {
  private static final Pattern NEXT = Pattern.compile("\"next\":\"([^\"]+)\"");

  private final HttpClient client = HttpClient.newHttpClient();
  private final String server;
  private final String key;

  Owner(int port, String key) {
    this.server = "http://127.0.0.1:" + port;
    this.key = key;
  }

  private HttpRequest request(String path) {
    URI address = URI.create(server + path);
    return HttpRequest.newBuilder(address).header("Authorization", "Bearer " + key).build();
  }

  /** Milliseconds until all of the answer is there. */
  double whole(String path) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    var answer = client.send(request(path), HttpResponse.BodyHandlers.ofByteArray());
    return since(begin, path, answer);
  }

  /** Milliseconds until the first byte is there; the rest is not read. */
  double firstByte(String path) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    var answer = client.send(request(path), HttpResponse.BodyHandlers.ofInputStream());
    try (InputStream body = answer.body()) {
      body.read();
      return since(begin, path, answer);
    }
  }

  /** Reads all of it, keeping nothing; how many lines there are. */
  long lines(String path) throws IOException, InterruptedException {
    var answer = client.send(request(path), HttpResponse.BodyHandlers.ofInputStream());
    long lines = 0;
    byte[] buffer = new byte[1 << 16];
    try (InputStream body = answer.body()) {
      for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
        for (int i = 0; i < read; i++) {
          lines += buffer[i] == '\n' ? 1 : 0;
        }
      }
    }
    since(0, path, answer);
    return lines;
  }

  private static double since(long begin, String path, HttpResponse<?> answer) {
    double millis = (System.nanoTime() - begin) / 1e6;
    if (answer.statusCode() != 200) {
      throw new IllegalStateException(path + ": " + answer.statusCode());
    }
    return millis;
  }

  /** The list after so many parts of it. */
  String deep(String path, int parts) throws IOException, InterruptedException {
    String asked = path;
    for (int i = 0; i < parts; i++) {
      String body = client.send(request(asked), HttpResponse.BodyHandlers.ofString()).body();
      Matcher next = NEXT.matcher(body);
      if (!next.find()) {
        throw new IllegalStateException(asked + " has no next: " + body.length());
      }
      asked = path + "&cursor=" + next.group(1);
    }
    return asked;
  }
}
