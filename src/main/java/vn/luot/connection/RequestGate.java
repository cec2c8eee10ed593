package vn.luot.connection;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.core.net.impl.VertxHandler;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Lets one request of a connection in at a time, to the {@link ShortWay} offered or to the server:
 * the server would make room for all that a client sends without waiting for answers, and walk
 * through them for each. What is sent ahead stays undecoded, and most of it unread in the socket;
 * the body of the request that is in flows.
 *
 * <p>Whoever does not read the answers is not listened to either.
 */
public final class RequestGate extends ChannelInboundHandlerAdapter {
  /** How Vert.x names the end of its pipeline, and the decoder. */
  private static final String SERVER = "handler";

  private static volatile ShortWay.Offer offered;

  private final Runnable arrived;
  private final RequestDecoder decoder;

  /** The request after the one that is in, or its head, where it was decoded with that. */
  private final Queue<Object> next = new ArrayDeque<>(2);

  private ChannelHandlerContext context;
  private ContextInternal loop;
  private IdleStateHandler idle;
  private ShortWay way;

  /** It goes the short way, if its body is there at once. */
  private HttpRequest head;

  /** A request is in that has not come to its end. */
  private boolean arriving;

  /** How many answers the short way, and the server, owe. */
  private int due;

  private boolean awaitsTurn;
  private Throwable refusal;

  /** {@code arrived} is told of the end of each request. */
  private RequestGate(Runnable arrived, ConnectionLimits.Limits limits) {
    this.arrived = arrived;
    this.decoder = new RequestDecoder(limits.heads(), this::isWhole);
  }

  /**
   * Puts one behind the decoder, where there is a decoder already. The short way is open only where
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
    pipeline.addBefore(SERVER, null, new Answered(gate::answered));
    pipeline.addBefore(SERVER, null, new WordlessRefusals());
    gate.loop = server.getConnection().getContext();
    gate.idle = pipeline.get(IdleStateHandler.class);
    if (fromTheFirst && gate.loop.tracer() == null) {
      gate.way = wayOf(pipeline.channel());
    }
    return true;
  }

  /** Offers every new connection this way; Netty makes its extensions itself: they find it here. */
  public static void offer(ShortWay.Offer offer) {
    offered = offer;
  }

  private static ShortWay wayOf(Channel channel) {
    ShortWay.Offer offer = offered;
    return offer == null ? null : offer.to(channel.localAddress(), channel.remoteAddress());
  }

  /** Why this request was refused on the short way; null where it did not come that way. */
  public static Throwable refusalOf(HttpServerRequest request) {
    Channel channel = ((ConnectionBase) request.connection()).channel();
    RequestGate gate = channel.pipeline().get(RequestGate.class);
    return gate == null ? null : gate.refusal;
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
      if (way != null && way.takes(asked)) {
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

  private void answer(HttpRequest asked, LastHttpContent body) {
    due++;
    notIdle();
    ContextInternal own = loop.duplicate();
    ContextInternal before = own.beginDispatch();
    try {
      way.answer(asked, body.content())
          .whenComplete(
              (answer, failure) ->
                  onLoop(
                      () -> {
                        if (failure == null) {
                          body.release();
                          write(answer);
                        } else {
                          refuse(asked, body, failure);
                        }
                      }));
    } catch (RuntimeException refused) {
      refuse(asked, body, refused);
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

  private void write(ShortWay.Answer answer) {
    if (context.channel().isActive()) {
      notIdle();
      context.writeAndFlush(answer.written(context.alloc()), context.voidPromise());
    }
    answered();
  }

  private void refuse(HttpRequest asked, LastHttpContent body, Throwable failure) {
    refusal = failure;
    context.fireChannelRead(asked);
    context.fireChannelRead(body);
    context.fireChannelReadComplete();
  }

  private void answered() {
    refusal = null;
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
