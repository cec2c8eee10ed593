package vn.luot.connection;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpRequest;
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
 * Stands behind the decoder of a connection and hands ordinary requests to the {@link ShortWay}
 * offered: what lies between here and a route takes longer than a hit.
 *
 * <p>Only what came whole and alone goes that way; everything else, and what is refused on it, goes
 * on to the server as if nothing had been here. One request at a time is answered: what a client
 * sends before it has its answer waits, so answers keep their order.
 */
public final class Shortcut extends ChannelInboundHandlerAdapter {
  /** How Vert.x names the end of its pipeline; not there before HTTP/2 is ruled out. */
  private static final String SERVER = "handler";

  private static volatile ShortWay.Offer offered;

  private final Runnable arrived;
  private final OpenAnswers open = new OpenAnswers(this::serverAnswered);
  private final Queue<Object> waiting = new ArrayDeque<>();
  private ChannelHandlerContext context;
  private ContextInternal loop;
  private IdleStateHandler idle;
  private ShortWay way;
  private HttpRequest head;
  private boolean answering;
  private Throwable refusal;

  /** {@code arrived} is told of the end of each request. */
  Shortcut(Runnable arrived) {
    this.arrived = arrived;
  }

  /** Offers every new connection this way; Netty makes its extensions itself: they find it here. */
  public static void offer(ShortWay.Offer offer) {
    offered = offer;
  }

  /** Why this request was refused on the short way; null where it did not come that way. */
  public static Throwable refusalOf(HttpServerRequest request) {
    Shortcut shortcut = of(request);
    return shortcut == null ? null : shortcut.refusal;
  }

  private static Shortcut of(HttpServerRequest request) {
    Channel channel = ((ConnectionBase) request.connection()).channel();
    return channel.pipeline().get(Shortcut.class);
  }

  /**
   * Both ends of it. The way is open only where they see every request {@code fromTheFirst} on: the
   * decoder of TLS, for one, is there too late for that. It is not where the server traces each.
   */
  void addBehind(ChannelHandlerContext decoder, boolean fromTheFirst) {
    ChannelPipeline pipeline = decoder.pipeline();
    pipeline.addAfter(decoder.name(), null, this);
    pipeline.addAfter(decoder.name(), null, new RequestHeads());
    if (fromTheFirst && pipeline.get(SERVER) instanceof VertxHandler<?> server) {
      pipeline.addBefore(SERVER, null, open);
      pipeline.addBefore(SERVER, null, new WordlessRefusals());
      loop = server.getConnection().getContext();
      idle = pipeline.get(IdleStateHandler.class);
      way = loop.tracer() == null ? of(decoder.channel()) : null;
    }
  }

  private static ShortWay of(Channel channel) {
    ShortWay.Offer offer = offered;
    return offer == null ? null : offer.to(channel.localAddress(), channel.remoteAddress());
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    context = added;
  }

  @Override
  public void channelRead(ChannelHandlerContext unused, Object message) {
    if (message instanceof LastHttpContent) {
      arrived.run();
    }
    if (!waiting.isEmpty() || isBusy()) {
      context.channel().config().setAutoRead(false);
      waiting.add(message);
    } else {
      read(message);
    }
  }

  /** Whoever does not read the answers is not listened to either. */
  private boolean isBusy() {
    return answering
        || refusal != null
        || way != null && open.areNone() && !context.channel().isWritable();
  }

  private void read(Object message) {
    assert context.executor().inEventLoop() : "there are no locks here";
    if (head != null) {
      HttpRequest asked = head;
      head = null;
      if (message instanceof LastHttpContent body) {
        answer(asked, body);
        return;
      }
      // It comes in pieces.
      context.fireChannelRead(asked);
    } else if (message instanceof HttpRequest next && way != null && open.areNone()) {
      if (way.takes(next)) {
        head = next;
        return;
      }
    }
    context.fireChannelRead(message);
  }

  private void answer(HttpRequest asked, LastHttpContent body) {
    answering = true;
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
    answering = false;
    if (context.channel().isActive()) {
      notIdle();
      context.writeAndFlush(answer.written(context.alloc()), context.voidPromise());
      goOn();
    }
  }

  /** It is the only request the server has until that has answered it. */
  private void refuse(HttpRequest asked, LastHttpContent body, Throwable failure) {
    answering = false;
    refusal = failure;
    context.fireChannelRead(asked);
    context.fireChannelRead(body);
    context.fireChannelReadComplete();
  }

  private void serverAnswered() {
    if (refusal != null) {
      refusal = null;
      goOn();
    }
  }

  private void goOn() {
    if (waiting.isEmpty()) {
      return;
    }
    // Before the server is given any of it, which may want it off again.
    context.channel().config().setAutoRead(true);
    while (!waiting.isEmpty() && !isBusy()) {
      read(waiting.poll());
    }
    context.fireChannelReadComplete();
    if (!waiting.isEmpty()) {
      context.channel().config().setAutoRead(false);
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext unused) {
    if (!isBusy()) {
      goOn();
    }
    context.fireChannelWritabilityChanged();
  }

  @Override
  public void channelInactive(ChannelHandlerContext unused) {
    waiting.forEach(ReferenceCountUtil::release);
    waiting.clear();
    context.fireChannelInactive();
  }
}
