package vn.luot.connection.request;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import vn.luot.connection.ConnectionLimits;

/**
 * Requests of one event loop that were sent before the one in front of them was answered. Browsers
 * and proxies send none; so that nobody can fill the loop by it, they are let in one after the
 * other at a pace, in turn for all connections.
 */
final class SentAhead {
  private static final FastThreadLocal<SentAhead> OF_LOOP =
      new FastThreadLocal<>() {
        @Override
        protected SentAhead initialValue() {
          return new SentAhead();
        }
      };

  private final Queue<RequestGate> waiting = new ArrayDeque<>();

  static SentAhead ofLoop() {
    return OF_LOOP.get();
  }

  void await(RequestGate gate, EventLoop loop) {
    waiting.add(gate);
    if (waiting.size() == 1) {
      later(loop);
    }
  }

  private void later(EventLoop loop) {
    ConnectionLimits.Limits limits = Objects.requireNonNull(ConnectionLimits.current());
    loop.schedule(() -> next(loop), limits.nanosBetween(), TimeUnit.NANOSECONDS);
  }

  private void next(EventLoop loop) {
    RequestGate first = waiting.poll();
    while (first != null && !first.isOpen()) {
      first = waiting.poll();
    }
    if (!waiting.isEmpty()) {
      later(loop);
    }
    if (first != null) {
      first.goOn();
    }
  }
}
