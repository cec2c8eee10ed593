package vn.luot.bench.load;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.Locale;
import java.util.function.IntConsumer;

/** One HTTP connection with at most one request on its way. */
final class Connection {
  private static final String LENGTH = "\r\ncontent-length:";
  private static final String CHUNKED = "\r\ntransfer-encoding: chunked";
  private static final String LAST_CHUNK = "0\r\n\r\n";

  private final NetSocket socket;
  private final IntConsumer answered;
  private Buffer received = Buffer.buffer();

  /** When the request on its way was due, in nanoseconds. */
  long due;

  /** {@code answered} is told each answer's status. */
  Connection(NetSocket socket, IntConsumer answered) {
    this.socket = socket;
    this.answered = answered;
    socket.handler(this::receive);
  }

  void send(byte[] request, long due) {
    this.due = due;
    socket.write(Buffer.buffer(request));
  }

  private void receive(Buffer more) {
    received = received.length() == 0 ? more : received.appendBuffer(more);
    String text = received.toString("ISO-8859-1");
    int head = text.indexOf("\r\n\r\n");
    if (head < 0 || !isWhole(text.substring(0, head), text.substring(head + 4))) {
      return;
    }
    received = Buffer.buffer();
    answered.accept(Integer.parseInt(text.substring(9, 12)));
  }

  private static boolean isWhole(String head, String body) {
    String names = head.toLowerCase(Locale.ROOT);
    return names.contains(CHUNKED) ? body.endsWith(LAST_CHUNK) : body.length() >= length(names);
  }

  private static int length(String head) {
    int at = head.indexOf(LENGTH);
    if (at < 0) {
      return 0;
    }
    int end = head.indexOf('\r', at + 2);
    return Integer.parseInt(
        head.substring(at + LENGTH.length(), end < 0 ? head.length() : end).strip());
  }
}
