package vn.luot.connection.request;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.HttpContent;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the small pieces of a body that comes in many. Until a body is whole the server keeps
 * each piece as it came: chunks of a byte took a hundred bytes each, and held the kilobytes that
 * were read with them.
 */
final class BodyPieces {
  /** A body has no more pieces than of this size, but for the last. */
  private static final int ENOUGH = 4096;

  private @Nullable ByteBuf gathered;

  static boolean isSmall(HttpContent piece) {
    return piece.content().readableBytes() <= ENOUGH / 2;
  }

  /** Takes a small one; returns what goes on now, or null. */
  @Nullable HttpContent add(HttpContent piece) {
    ByteBuf bytes = piece.content();
    boolean full = gathered != null && gathered.maxWritableBytes() < bytes.readableBytes();
    HttpContent goesOn = full ? takeAll() : null;
    if (gathered == null) {
      gathered = Unpooled.buffer(256, ENOUGH);
    }
    gathered.writeBytes(bytes);
    piece.release();
    return goesOn;
  }

  /** Returns what is left; null where that is nothing. */
  @Nullable HttpContent takeAll() {
    HttpContent all = gathered == null ? null : new DefaultHttpContent(gathered);
    gathered = null;
    return all;
  }
}
