package vn.luot.connection.request;

import io.vertx.core.MultiMap;
import java.net.SocketAddress;
import java.util.concurrent.CompletionStage;
import vn.luot.refusal.Refusal;

/** Answers ordinary POSTs of one connection as soon as they are decoded, before the server. */
public interface FastPath {
  /**
   * Whether it will answer a POST in HTTP/1.1 with this head, once the body of the announced length
   * is there. Called on the connection's event loop, as is {@link #answer}.
   */
  boolean takes(String uri, MultiMap headers);

  /**
   * Begins to answer what it took last; may complete on any thread. What fails, or throws, is
   * answered by the problem that it is.
   *
   * @return JSON
   */
  CompletionStage<byte[]> answer(MultiMap headers, byte[] body);

  /** Told of each refusal that was answered. */
  void refused(Refusal refusal);

  /** What a new connection is offered. */
  interface Offer {
    FastPath to(SocketAddress peer);
  }
}
