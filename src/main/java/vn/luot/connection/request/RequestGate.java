package vn.luot.connection.request;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpContentCompressor;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.net.impl.VertxHandler;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import vn.luot.connection.ConnectionLimits;

/**
 * Lets one request of a connection in at a time, to the {@link FastPath} offered or to the server:
 * the server would make room for all that a client sends without waiting for answers, and walk
 * through them for each. What is sent ahead stays undecoded, and most of it unread in the socket;
 * the body of the request that is in flows.
 *
 * <p>Whoever does not read the answers is not listened to either.
 */
final class RequestGate extends ChannelInboundHandlerAdapter {
  /** How Vert.x names the end of its pipeline, and the decoder. */
  private static final String SERVER = "handler";

  private final Runnable arrived;
  private final RequestDecoder decoder;

  /** The request after the one that is in, or its head, where it was decoded with that. */
  private final Queue<Object> next = new ArrayDeque<>(2);

  private final BodyPieces pieces = new BodyPieces();

  private ChannelHandlerContext context;

  /** Null where the server answers everything. */
  private @Nullable FastConnection fast;

  /** It goes the fast path, if its body is there at once. */
  private @Nullable HttpRequest head;

  /** A request is in that has not come to its end. */
  private boolean arriving;

  /** How many answers the fast path, and the server, owe. */
  private int due;

  private boolean awaitsTurn;

  /** {@code arrived} is told of the end of each request. */
  private RequestGate(Runnable arrived, ConnectionLimits.Limits limits) {
    this.arrived = arrived;
    this.decoder = new RequestDecoder(limits.heads(), this::isWhole);
  }

  /**
   * Puts one behind the decoder, where there is a decoder already. The fast path is open only where
   * it sees every request {@code fromTheFirst} on.
   */
  static boolean install(
      ChannelPipeline pipeline,
      boolean fromTheFirst,
      ConnectionLimits.Limits limits,
      Runnable arrived) {
    ChannelHandlerContext vertxDecoder = pipeline.context(HttpRequestDecoder.class);
    if (vertxDecoder == null || !(pipeline.get(SERVER) instanceof VertxHandler<?> server)) {
      return false;
    }
    String name = vertxDecoder.name();
    RequestGate gate = new RequestGate(arrived, limits);
    pipeline.replace(vertxDecoder.handler(), name, gate.decoder);
    pipeline.addAfter(name, null, gate);
    pipeline.addAfter(name, null, new RequestHeads());
    ChannelHandlerContext compressor = pipeline.context(HttpContentCompressor.class);
    if (compressor != null) {
      pipeline.addBefore(compressor.name(), null, new ServerAnswers.Varying());
    }
    pipeline.addBefore(SERVER, null, gate.new Answers());
    pipeline.addBefore(SERVER, null, new ServerAnswers.Explained());
    if (fromTheFirst) {
      ContextInternal loop = server.getConnection().getContext();
      gate.fast = FastConnection.of(pipeline, loop, gate::answered);
    }
    return true;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    context = added;
  }

  boolean isOpen() {
    return context.channel().isActive();
  }

  private boolean isWhole() {
    return !arriving && isBusy();
  }

  private boolean isBusy() {
    return due > 0 || !context.channel().isWritable();
  }

  @Override
  public void channelRead(ChannelHandlerContext unused, Object message) {
    boolean last = message instanceof LastHttpContent;
    if (!last && message instanceof HttpContent piece && BodyPieces.isSmall(piece)) {
      inTurnUnlessNull(pieces.add(piece));
    } else {
      inTurnUnlessNull(pieces.takeAll());
      inTurn(message);
    }
  }

  private void inTurnUnlessNull(@Nullable HttpContent gathered) {
    if (gathered != null) {
      inTurn(gathered);
    }
  }

  private void inTurn(Object message) {
    if (!next.isEmpty() || message instanceof HttpRequest && (isBusy() || decoder.isStopped())) {
      next.add(message);
    } else {
      letIn(message);
    }
  }

  private void letIn(Object message) {
    assert context.executor().inEventLoop() : "there are no locks here";
    if (message instanceof HttpRequest) {
      arriving = true;
    }
    if (message instanceof LastHttpContent) {
      arriving = false;
      arrived.run();
    }
    if (head != null && fast != null) {
      HttpRequest asked = head;
      head = null;
      if (message instanceof LastHttpContent body) {
        due++;
        fast.answer(context, asked, body);
      } else {
        // It comes in pieces.
        toServer(asked);
        context.fireChannelRead(message);
      }
    } else if (message instanceof HttpRequest asked) {
      if (fast != null && fast.takes(asked)) {
        head = asked;
      } else {
        toServer(asked);
      }
    } else {
      context.fireChannelRead(message);
    }
    if (message instanceof LastHttpContent && decoder.hasMore() && !decoder.isStopped()) {
      decoder.stop();
      awaitTurn();
    }
  }

  private void toServer(HttpRequest asked) {
    due++;
    context.fireChannelRead(asked);
  }

  private void answered() {
    due--;
    awaitTurn();
  }

  /** Where there is something to go on with. */
  private void awaitTurn() {
    if (decoder.isStopped() && !awaitsTurn && !isBusy()) {
      awaitsTurn = true;
      SentAhead.ofLoop().await(this, context.channel().eventLoop());
    }
  }

  /** In its turn; another answer may have become due, or its client have stopped reading. */
  void goOn() {
    awaitsTurn = false;
    if (isBusy()) {
      return;
    }
    boolean whole = false;
    while (!next.isEmpty() && !whole) {
      Object message = next.poll();
      whole = message instanceof LastHttpContent;
      letIn(message);
    }
    if (whole) {
      context.fireChannelReadComplete();
      awaitTurn();
    } else {
      decoder.goOn();
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext unused) {
    awaitTurn();
    context.fireChannelWritabilityChanged();
  }

  @Override
  public void channelInactive(ChannelHandlerContext unused) {
    next.forEach(ReferenceCountUtil::release);
    next.clear();
    context.fireChannelInactive();
  }

  /** Stands before the server and sees when an answer of it has been written to the end. */
  private final class Answers extends ChannelOutboundHandlerAdapter {
    @Override
    public void write(ChannelHandlerContext server, Object message, ChannelPromise promise) {
      if (!isLast(message)) {
        server.write(message, promise);
        return;
      }
      // Not before it is written: a file may still be on its way through the handlers in front.
      ChannelPromise sent = promise.unvoid().addListener(written -> answered());
      UnreadAnswers.add(context, ((LastHttpContent) message).content(), sent);
      server.write(message, sent);
    }

    /** An interim answer, such as 100 Continue, is whole as well, and ends nothing. */
    private static boolean isLast(Object message) {
      return message instanceof LastHttpContent
          && !(message instanceof HttpResponse response
              && response.status().codeClass() == HttpStatusClass.INFORMATIONAL);
    }
  }
}
