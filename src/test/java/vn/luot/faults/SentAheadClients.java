package vn.luot.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A process whose connections send request after request and wait for no answer. */
final class SentAheadClients {
  private static final int HALF_CLOSED_AFTER = 1 << 20;
  private static final ByteBuffer ANSWERS = ByteBuffer.allocateDirect(1 << 18);

  private final Selector selector = Selector.open();
  private final int[] ports;
  private final List<byte[]> kinds;
  private long answered;
  private int made;

  private SentAheadClients(int[] ports, List<byte[]> kinds) throws IOException {
    this.ports = ports;
    this.kinds = kinds;
  }

  /** Begins the process: so many connections, for so long, every fifth to the management's port. */
  static Process begin(Pod pod, FreshSite site, int count, int seconds) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx64m",
            "-cp",
            Path.of("target", "test-classes").toString(),
            SentAheadClients.class.getName(),
            Integer.toString(pod.port()),
            Integer.toString(pod.managementPort()),
            site.slug(),
            Integer.toString(count),
            Integer.toString(seconds))
        .redirectErrorStream(true)
        .start();
  }

  /** Prints how many bytes of answers it was sent. */
  public static void main(String[] of) throws IOException {
    int[] ports = {Integer.parseInt(of[0]), Integer.parseInt(of[1])};
    SentAheadClients clients = new SentAheadClients(ports, kinds("/v1/sites/" + of[2]));
    for (int i = 0; i < Integer.parseInt(of[3]); i++) {
      clients.connect();
    }
    long end = System.nanoTime() + Long.parseLong(of[4]) * 1_000_000_000L;
    while (System.nanoTime() < end) {
      clients.selector.select(clients::serve, 200);
    }
    System.out.println(clients.answered);
  }

  private static List<byte[]> kinds(String site) {
    String host = " HTTP/1.1\r\nHost: a\r\nOrigin: " + FreshSite.ORIGIN + "\r\n";
    String read = "GET " + site + "/counters" + host;
    String hits = "POST " + site + "/hits" + host + "Content-Type: text/plain\r\n";
    String beats = "POST " + site + "/heartbeats" + host + "Content-Type: text/plain\r\n";
    List<String> all =
        new ArrayList<>(
            List.of(
                read + "\r\n",
                hits + "Content-Length: 17\r\n\r\n{\"page\":\"/ahead\"}",
                hits + "Content-Length: 13\r\n\r\n{\"page\":\"..\"}",
                beats + "Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n1\r\n}\r\n0\r\n\r\n",
                beats + "Transfer-Encoding: chunked\r\n\r\n" + "1\r\n \r\n".repeat(100_000),
                beats + "Expect: 100-continue\r\nContent-Length: 2\r\n\r\n{}",
                read + "Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
                "GET " + site + "/pages?path=/ahead" + host + "\r\n",
                "GET /v1/sites/nosuch/counters" + host + "\r\n",
                "GET /widget.js" + host + "\r\n",
                "GET /q/openapi" + host + "\r\n",
                "GET /q/health/live" + host + "\r\n",
                "GET /admin/v1/sites" + host + "\r\n",
                "POST /admin/v1/sites"
                    + host
                    + "Content-Type: application/json\r\nContent-Length: 2000\r\n\r\n"
                    + "x".repeat(2000)));
    // All but the one that ends its connection.
    all.add(all.stream().filter(one -> one.length() < 10_000).collect(Collectors.joining()));
    return all.stream()
        .map(one -> one.repeat(1 + (1 << 16) / one.length()).getBytes(StandardCharsets.US_ASCII))
        .toList();
  }

  private static final class Client {
    private final ByteBuffer toSend;
    private final int manner;
    private long sent;

    Client(byte[] requests, int manner) {
      this.toSend = ByteBuffer.wrap(requests);
      this.manner = manner;
    }

    boolean neverReads() {
      return manner == 1;
    }

    boolean closesHalf() {
      return manner == 2 && sent > HALF_CLOSED_AFTER;
    }
  }

  private void connect() throws IOException {
    int number = made++;
    SocketChannel socket =
        SocketChannel.open(
            new InetSocketAddress("127.0.0.1", number % 5 == 4 ? ports[1] : ports[0]));
    socket.configureBlocking(false);
    Client client = new Client(kinds.get(number % kinds.size()), number % 3);
    int reads = client.neverReads() ? 0 : SelectionKey.OP_READ;
    socket.register(selector, SelectionKey.OP_WRITE | reads, client);
  }

  private void serve(SelectionKey key) {
    Client client = (Client) key.attachment();
    SocketChannel socket = (SocketChannel) key.channel();
    try {
      if (key.isWritable()) {
        client.sent += socket.write(client.toSend);
        if (!client.toSend.hasRemaining()) {
          client.toSend.rewind();
        }
        if (client.closesHalf()) {
          socket.shutdownOutput();
          key.interestOps(SelectionKey.OP_READ);
        }
      }
      int read = key.isReadable() ? socket.read(ANSWERS.clear()) : 0;
      answered += Math.max(0, read);
      if (read < 0) {
        throw new IOException("closed by the service");
      }
    } catch (IOException over) {
      again(socket);
    }
  }

  private void again(SocketChannel closed) {
    try {
      closed.close();
      connect();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
