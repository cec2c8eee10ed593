package vn.luot.faults;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** One command on a connection of its own, beside the application. */
public final class RedisCommand {
  private RedisCommand() {}

  /** The answer where it is a line, a number or a string; null where there is none. */
  public static String send(int port, String... words) {
    return in(port, 0, words);
  }

  /** In one of Redis's databases. */
  public static String in(int port, int database, String... words) {
    List<String> answer = list(port, database, words);
    return answer.isEmpty() ? null : answer.get(0);
  }

  /** The answer where it is a list of strings, or one of them. */
  static List<String> list(int port, String... words) {
    return list(port, 0, words);
  }

  private static List<String> list(int port, int database, String... words) {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      String line = "SELECT " + database + "\r\n" + String.join(" ", words) + "\r\n";
      socket.getOutputStream().write(line.getBytes(StandardCharsets.UTF_8));
      InputStream answer = new BufferedInputStream(socket.getInputStream());
      line(answer);
      List<String> values = new ArrayList<>();
      read(answer, values);
      return values;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void read(InputStream answer, List<String> values) throws IOException {
    String first = line(answer);
    if (first.startsWith("-")) {
      throw new IllegalStateException(first);
    } else if (first.startsWith("*")) {
      for (int i = Integer.parseInt(first.substring(1)); i > 0; i--) {
        read(answer, values);
      }
    } else if (!first.startsWith("$")) {
      values.add(first);
    } else if (!first.equals("$-1")) {
      byte[] text = answer.readNBytes(Integer.parseInt(first.substring(1)));
      values.add(new String(text, StandardCharsets.UTF_8));
      line(answer);
    }
  }

  private static String line(InputStream answer) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = answer.read(); next != '\n'; next = answer.read()) {
      if (next < 0) {
        throw new IOException("Redis closed the connection");
      }
      if (next != '\r') {
        line.write(next);
      }
    }
    return line.toString(StandardCharsets.UTF_8);
  }
}
