package vn.luot.connection;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.HttpRequest;
import java.net.SocketAddress;
import java.util.concurrent.CompletionStage;

/** Answers ordinary requests as soon as they are decoded, past the layers of the server. */
public interface ShortWay {
  /**
   * Whether it will answer a request with this head, once the body of the announced length is
   * there. Called on the connection's event loop, as is {@link #answer}.
   */
  boolean takes(HttpRequest head);

  /**
   * Begins to answer; may complete on any thread. What fails, or throws, is answered by the server
   * after all, which is told of the failure: see {@link RequestGate#refusalOf}.
   *
   * @param body read before this returns, or not at all
   */
  CompletionStage<Answer> answer(HttpRequest head, ByteBuf body);

  /** What a new connection is offered. */
  interface Offer {
    /** The way of a connection between these; no way where there is none. */
    ShortWay to(SocketAddress own, SocketAddress peer);
  }

  /** An answer with its status and headers. */
  interface Answer {
    /** As it is sent; called once, where there still is somebody to send it to. */
    ByteBuf written(ByteBufAllocator memory);
  }
}
