package vn.luot.connection;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpContentCompressor;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.net.impl.VertxHandler;
import java.util.ArrayDeque;
import java.util.Queue;
import vn.luot.refusal.Language;
import vn.luot.refusal.Refusal;
import vn.luot.refusal.Refusals;

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
  private ContextInternal loop;
  private IdleStateHandler idle;
  private FastPath fast;
  private int port;

  /** It goes the fast path, if its body is there at once. */
  private HttpRequest head;

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
   * it sees every request {@code fromTheFirst} on, and where the server does not trace each.
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
      pipeline.addBefore(compressor.name(), null, new CompressedAnswers());
    }
    pipeline.addBefore(SERVER, null, new Answered(gate::answered));
    pipeline.addBefore(SERVER, null, new WordlessRefusals());
    gate.loop = server.getConnection().getContext();
    gate.idle = pipeline.get(IdleStateHandler.class);
    if (fromTheFirst && gate.loop.tracer() == null) {
      gate.fast = FastPaths.of(pipeline.channel());
      gate.port = FastPaths.port(pipeline.channel().localAddress());
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

  private void inTurnUnlessNull(HttpContent gathered) {
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
    if (head != null) {
      HttpRequest asked = head;
      head = null;
      if (message instanceof LastHttpContent body) {
        answer(asked, body);
      } else {
        // It comes in pieces.
        toServer(asked);
        context.fireChannelRead(message);
      }
    } else if (message instanceof HttpRequest asked) {
      if (isFast(asked)) {
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

  private boolean isFast(HttpRequest asked) {
    return fast != null
        && asked.method().equals(HttpMethod.POST)
        && FastPaths.isOpenOn(port)
        && asked.protocolVersion().equals(HttpVersion.HTTP_1_1)
        && asked.decoderResult().isSuccess()
        && asked.headers() instanceof MultiMap headers
        && fast.takes(asked.uri(), headers);
  }

  private void answer(HttpRequest asked, LastHttpContent last) {
    due++;
    notIdle();
    MultiMap headers = (MultiMap) asked.headers();
    byte[] body = ByteBufUtil.getBytes(last.content());
    last.release();
    ContextInternal own = loop.duplicate();
    ContextInternal before = own.beginDispatch();
    try {
      fast.answer(headers, body)
          .whenComplete((json, failure) -> onLoop(() -> write(headers, json, failure)));
    } catch (RuntimeException refused) {
      write(headers, null, refused);
    } finally {
      own.endDispatch(before);
    }
  }

  /** What waits for PostgreSQL is completed by whoever loads it, for other loops' hits as well. */
  private void onLoop(Runnable task) {
    if (context.executor().inEventLoop()) {
      task.run();
    } else {
      context.executor().execute(task);
    }
  }

  /** The server's own timer sees nothing of what does not reach it. */
  private void notIdle() {
    if (idle != null) {
      idle.resetReadTimeout();
    }
  }

  private void write(MultiMap headers, byte[] json, Throwable failure) {
    Refusal refusal = failure == null ? null : Refusals.of(failure);
    if (refusal != null) {
      fast.refused(refusal);
    }
    if (context.channel().isActive()) {
      notIdle();
      String origin = headers.get(HttpHeaders.ORIGIN);
      ByteBuf answer =
          refusal == null
              ? FastAnswer.ok(json, origin, context.alloc())
              : FastAnswer.refused(refusal, language(headers), origin, context.alloc());
      context.writeAndFlush(answer, context.voidPromise());
    }
    answered();
  }

  private static Language language(MultiMap headers) {
    return Language.of(headers.get(HttpHeaders.ACCEPT_LANGUAGE), Language.ENGLISH);
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
}
