package vn.luot.connection;

import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;

/** One of the pod's event loops, for what lives on it for as long as the pod. */
public final class EventLoop {
  private final ContextInternal context;

  private EventLoop(ContextInternal context) {
    this.context = context;
  }

  /** The one that the caller runs on. */
  public static EventLoop current() {
    // The loop's own context: a request's would end with the request.
    return new EventLoop(((ContextInternal) Vertx.currentContext()).unwrap());
  }

  /** Any of them. */
  public static EventLoop of(Vertx vertx) {
    return new EventLoop(((VertxInternal) vertx).createEventLoopContext());
  }

  /** A Vert.x whose connections are made on this loop when it is used on it. */
  public Vertx vertx() {
    return context.owner();
  }

  /** Runs it on the loop; before this returns where that is the caller's. */
  public void run(Runnable task) {
    context.runOnContext(now -> task.run());
  }

  /** Runs it after what this turn of the loop has read. */
  public void runAfterThisTurn(Runnable task) {
    context.nettyEventLoop().execute(task);
  }

  public void runAfter(long millis, Runnable task) {
    context.setTimer(millis, timer -> task.run());
  }

  /** Returns what ends it. */
  public Runnable runEvery(long millis, Runnable task) {
    long timer = context.setPeriodic(millis, tick -> task.run());
    return () -> context.owner().cancelTimer(timer);
  }

  /** Tells its listeners on this loop. */
  public <T> Promise<T> promise() {
    return context.promise();
  }
}
