package vn.luot.connection.request;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Bounds what all clients together leave unread of long answers. A short one is with the operating
 * system at once; a long one stays in the pod until its client reads. Where that is too much, those
 * who had the longest time to read are cut off.
 */
final class UnreadAnswers {
  /** The operating system takes as much of each connection, also of a slow one. */
  static final int LONG = 1 << 15;

  /** A text takes three times its length: room for what it could be in UTF-8. */
  static final long MOST = 1 << 24;

  /** By what tells that it was sent, the oldest first. */
  private static final Map<ChannelPromise, Unread> UNREAD = new LinkedHashMap<>();

  private static long bytes;

  private UnreadAnswers() {}

  private record Unread(ChannelHandlerContext client, int bytes) {}

  /**
   * To be told before it is written. What is read only is shared, and costs nothing. {@code client}
   * is closed in front of the server, which would first wait until all is read.
   */
  static void add(ChannelHandlerContext client, ByteBuf answer, ChannelPromise sent) {
    int length = answer.readableBytes();
    if (length >= LONG && !answer.isReadOnly()) {
      slowest(sent, new Unread(client, length)).forEach(ChannelHandlerContext::close);
      sent.addListener(done -> remove(sent));
    }
  }

  private static synchronized List<ChannelHandlerContext> slowest(
      ChannelPromise sent, Unread added) {
    UNREAD.put(sent, added);
    bytes += added.bytes;
    List<ChannelHandlerContext> slowest = new ArrayList<>();
    Iterator<Unread> oldest = UNREAD.values().iterator();
    while (bytes > MOST && oldest.hasNext()) {
      Unread unread = oldest.next();
      oldest.remove();
      bytes -= unread.bytes;
      slowest.add(unread.client);
    }
    return slowest;
  }

  private static synchronized void remove(ChannelPromise sent) {
    Unread read = UNREAD.remove(sent);
    bytes -= read == null ? 0 : read.bytes;
  }
}
