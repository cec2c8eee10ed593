package vn.luot.connection;

import io.netty.buffer.Unpooled;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;

/** Tells when an answer has left: it is ended long before where its client does not read. */
public final class Sent {
  private Sent() {}

  /**
   * Runs {@code then} when all that was written for this request so far is with the operating
   * system, or the connection is closed. Nothing in front of it is overtaken: an empty buffer takes
   * its place behind.
   */
  public static void then(HttpServerRequest request, Runnable then) {
    ((ConnectionBase) request.connection())
        .channel()
        .writeAndFlush(Unpooled.EMPTY_BUFFER)
        .addListener(sent -> then.run());
  }
}
