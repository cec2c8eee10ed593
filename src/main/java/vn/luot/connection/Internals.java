package vn.luot.connection;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.util.NetUtil;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.buffer.impl.BufferImpl;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.redis.client.impl.types.ErrorType;
import java.nio.charset.Charset;

/** Small parts of Netty and Vert.x that other packages need; nothing else there imports them. */
public final class Internals {
  private Internals() {}

  /** The bytes of a literal address, 4 or 16; null where it is none. No name is looked up. */
  public static byte[] address(String text) {
    return NetUtil.createByteArrayFromIpAddressString(text);
  }

  /**
   * A name or a value of a form. {@code java.net.URLDecoder} takes %+1 for an escape as well.
   *
   * @throws IllegalArgumentException where an escape is none
   */
  public static String formComponent(String text, Charset charset) {
    return QueryStringDecoder.decodeComponent(text, charset);
  }

  /** To be sent to any number of clients: none of those who do not read it has a copy. */
  public static Buffer shared(byte[] bytes) {
    ByteBuf outsideTheHeap = Unpooled.directBuffer(bytes.length).writeBytes(bytes);
    return BufferImpl.buffer(Unpooled.unreleasableBuffer(outsideTheHeap).asReadOnly());
  }

  /** What the client makes of an error that Redis answers. */
  public static Throwable redisError(String text) {
    return ErrorType.create(text);
  }

  /**
   * Runs {@code then} when all that was written for this request so far is with the operating
   * system, or the connection is closed: an answer is ended long before where its client does not
   * read. Nothing in front of it is overtaken: an empty buffer takes its place behind.
   */
  public static void whenSent(HttpServerRequest request, Runnable then) {
    ((ConnectionBase) request.connection())
        .channel()
        .writeAndFlush(Unpooled.EMPTY_BUFFER)
        .addListener(sent -> then.run());
  }
}
