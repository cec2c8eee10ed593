package vn.luot.bench.machine;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Many commands whose answers do not matter; closing waits until all are carried out. */
public final class RedisPipe implements AutoCloseable {
  private static final int BYTES = 1 << 16;

  private final Socket socket;
  private final OutputStream out;
  private final Thread reader;

  public RedisPipe(int port) {
    try {
      socket = new Socket("127.0.0.1", port);
      out = new BufferedOutputStream(socket.getOutputStream(), BYTES);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    reader = new Thread(this::drain, "answers of Redis");
    reader.start();
  }

  private void drain() {
    byte[] ignored = new byte[BYTES];
    try {
      InputStream in = socket.getInputStream();
      while (in.read(ignored) >= 0) {
        // Only so that Redis can go on writing.
      }
    } catch (IOException ended) {
      // Closed.
    }
  }

  public void send(String... words) {
    StringBuilder command = new StringBuilder("*").append(words.length).append("\r\n");
    for (String word : words) {
      command.append('$').append(word.length()).append("\r\n").append(word).append("\r\n");
    }
    try {
      out.write(command.toString().getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      // Redis closes the connection when it has done everything before.
      send("QUIT");
      out.flush();
      reader.join();
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
