package vn.luot.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Connections that begin a request and never end it, a byte at a time. */
final class SlowClients implements AutoCloseable {
  private final List<SocketChannel> open = new ArrayList<>();

  private SlowClients() {}

  /** All of them have sent {@code begin} before this returns. */
  static SlowClients connect(int count, int port, String begin) {
    SlowClients clients = new SlowClients();
    try {
      for (int i = 0; i < count; i++) {
        SocketChannel client = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
        client.setOption(StandardSocketOptions.TCP_NODELAY, true);
        client.write(ByteBuffer.wrap(begin.getBytes(StandardCharsets.US_ASCII)));
        client.configureBlocking(false);
        clients.open.add(client);
      }
      return clients;
    } catch (IOException e) {
      clients.close();
      throw new UncheckedIOException(e);
    }
  }

  /** Each sends one byte more; returns how many are still connected. */
  int drip() {
    open.removeIf(client -> !drips(client));
    return open.size();
  }

  private static boolean drips(SocketChannel client) {
    try {
      client.write(ByteBuffer.wrap(new byte[] {'x'}));
      if (client.read(ByteBuffer.allocate(512)) >= 0) {
        return true;
      }
      client.close();
      return false;
    } catch (IOException closed) {
      return false;
    }
  }

  /** Those still connected, without a word from them. */
  int silent() {
    open.removeIf(
        client -> {
          try {
            return client.read(ByteBuffer.allocate(512)) < 0;
          } catch (IOException closed) {
            return true;
          }
        });
    return open.size();
  }

  @Override
  public void close() {
    for (SocketChannel client : open) {
      try {
        client.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
