package vn.luot.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Redis as the tests and the standalone start run it. */
class RedisTest {
  @TempDir Path directory;

  @Test
  void answersOnItsPort() throws IOException {
    try (var redis = Redis.start(directory, 0)) {
      assertEquals("+PONG", ask(redis, "PING"));
      assertEquals("redis://127.0.0.1:" + redis.port(), redis.url());
    }
  }

  @Test
  void keepsItsDataWhenStoppedAndStartedAgain() throws IOException {
    int port;
    try (var redis = Redis.start(directory, 0)) {
      assertEquals("+OK", ask(redis, "SET kept yes"));
      port = redis.port();
    }
    try (var redis = Redis.start(directory, port)) {
      assertEquals("$3 yes", ask(redis, "GET kept"));
    }
  }

  @Test
  void startsAgainAfterBeingKilled() throws IOException {
    try (var redis = Redis.start(directory, 0, "--appendfsync", "always")) {
      ask(redis, "SET kept yes");
      var pid = redis.pid();
      redis.kill();
      assertFalse(redis.isRunning());
      assertTrue(ProcessHandle.of(pid).isEmpty());
      redis.restart();
      assertEquals("$3 yes", ask(redis, "GET kept"));
    }
  }

  @Test
  void keepsConnectionsButDoesNotAnswerWhileFrozen() throws IOException {
    try (var redis = Redis.start(directory, 0)) {
      redis.freeze();
      assertThrows(SocketTimeoutException.class, () -> ask(redis, "PING", 500));
      redis.thaw();
      assertEquals("+PONG", ask(redis, "PING"));
    }
  }

  @Test
  void saysWhyItDoesNotStart() {
    try (var redis = Redis.start(directory, 0)) {
      var other = directory.resolve("other");
      var error = assertThrows(Refusal.class, () -> Redis.start(other, redis.port()));
      assertTrue(error.getMessage().contains("Failed listening on port"), error.getMessage());
    }
  }

  /** One inline command; the two lines of a string in its answer are joined. */
  private static String ask(Redis redis, String command) throws IOException {
    return ask(redis, command, 60_000);
  }

  private static String ask(Redis redis, String command, int withinMillis) throws IOException {
    try (var socket = new Socket("127.0.0.1", redis.port())) {
      socket.setSoTimeout(withinMillis);
      socket.getOutputStream().write((command + "\r\n").getBytes(UTF_8));
      var reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
      var line = reader.readLine();
      return line.startsWith("$") ? line + " " + reader.readLine() : line;
    }
  }
}
