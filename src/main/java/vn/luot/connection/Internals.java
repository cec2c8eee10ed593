package vn.luot.connection;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.util.NetUtil;
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

  /** What the client makes of an error that Redis answers. */
  public static Throwable redisError(String text) {
    return ErrorType.create(text);
  }
}
