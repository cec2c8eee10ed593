package vn.luot.attack;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Every command that a Redis is sent, those of scripts included, as long as it is listened to. */
final class Monitor implements AutoCloseable {
  private final Socket socket;
  private final StringBuffer text = new StringBuffer();

  private Monitor(Socket socket) {
    this.socket = socket;
  }

  static Monitor of(int port) throws IOException {
    Monitor monitor = new Monitor(new Socket("127.0.0.1", port));
    monitor.socket.getOutputStream().write("MONITOR\r\n".getBytes(StandardCharsets.US_ASCII));
    InputStream commands = monitor.socket.getInputStream();
    commands.readNBytes("+OK\r\n".length());
    Thread reader = new Thread(() -> monitor.read(commands), "redis-monitor");
    reader.setDaemon(true);
    reader.start();
    return monitor;
  }

  private void read(InputStream commands) {
    byte[] some = new byte[1 << 16];
    try {
      for (int n = commands.read(some); n > 0; n = commands.read(some)) {
        text.append(new String(some, 0, n, StandardCharsets.UTF_8));
      }
    } catch (IOException closed) {
      // Nobody listens any more.
    }
  }

  String text() {
    return text.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
