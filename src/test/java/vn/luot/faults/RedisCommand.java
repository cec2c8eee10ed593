package vn.luot.faults;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** One command on a connection of its own, beside the application. */
public final class RedisCommand {
  private RedisCommand() {}

  /** The answer where it is a line, a number or a string; null where there is none. */
  public static String send(int port, String... words) {
    return in(port, 0, words);
  }

  /** In one of Redis's databases. */
  public static String in(int port, int database, String... words) {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      String line = "SELECT " + database + "\r\n" + String.join(" ", words) + "\r\n";
      socket.getOutputStream().write(line.getBytes(StandardCharsets.UTF_8));
      BufferedReader answer =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      answer.readLine();
      String first = answer.readLine();
      if (first.startsWith("-")) {
        throw new IllegalStateException(first);
      }
      return first.equals("$-1") ? null : first.startsWith("$") ? answer.readLine() : first;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
