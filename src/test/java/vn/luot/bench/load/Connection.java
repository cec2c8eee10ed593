package vn.luot.bench.load;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.function.IntConsumer;

/** One HTTP connection with at most one request on its way. */
final class Connection {
  private static final String LENGTH = "\r\ncontent-length:";

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
    if (head < 0 || text.length() < head + 4 + length(text.substring(0, head))) {
      return;
    }
    received = Buffer.buffer();
    answered.accept(Integer.parseInt(text.substring(9, 12)));
  }

  private static int length(String head) {
    int at = head.toLowerCase(java.util.Locale.ROOT).indexOf(LENGTH);
    if (at < 0) {
      return 0;
    }
    int end = head.indexOf('\r', at + 2);
    return Integer.parseInt(
        head.substring(at + LENGTH.length(), end < 0 ? head.length() : end).strip());
  }
}
