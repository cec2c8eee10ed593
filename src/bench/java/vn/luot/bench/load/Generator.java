package vn.luot.bench.load;

import io.netty.channel.EventLoop;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.net.NetClient;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Sends requests, either as fast as they are answered or as a Poisson process sets them due. The
 * latter do not wait for one another: an answer's time counts from when its request was due, also
 * where no connection was free.
 */
public final class Generator {
  private static final long LINGER_SECONDS = 10;

  private final Supplier<byte[]> requests;
  private final Pace pace;
  private final Random random = new Random(1);
  private final Deque<Connection> idle = new ArrayDeque<>();
  private final Deque<Long> waiting = new ArrayDeque<>();
  private final CountDownLatch done = new CountDownLatch(1);
  private long[] nanos = new long[1 << 16];
  private int answered;
  private long failed;
  private int busy;
  private EventLoop loop;
  private long begin;
  private long nextDue;

  private Generator(Supplier<byte[]> requests, Pace pace) {
    this.requests = requests;
    this.pace = pace;
  }

  public static Answers hits(Target target, Pace pace, long seed) {
    return new Generator(Requests.hits(target, seed), pace).run(target.port());
  }

  public static Answers get(int port, List<String> paths, Pace pace) {
    return new Generator(Requests.get(paths), pace).run(port);
  }

  private Answers run(int port) {
    Vertx vertx =
        Vertx.vertx(
            new VertxOptions()
                .setPreferNativeTransport(true)
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1));
    try {
      ContextInternal context = (ContextInternal) vertx.getOrCreateContext();
      loop = context.nettyEventLoop();
      context.runOnContext(begin -> connect(vertx.createNetClient(), port, pace.connections()));
      if (!done.await(pace.seconds() + LINGER_SECONDS, TimeUnit.SECONDS)) {
        failed += busy + waiting.size();
      }
      return answers();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    } finally {
      vertx.close();
    }
  }

  /** One after the other: a burst of them would overflow the listener's queue. */
  private void connect(NetClient client, int port, int left) {
    if (left == 0) {
      begin();
      return;
    }
    client
        .connect(port, "127.0.0.1")
        .onSuccess(
            socket -> {
              Connection[] made = new Connection[1];
              made[0] = new Connection(socket, status -> answered(made[0], status));
              idle.add(made[0]);
              connect(client, port, left - 1);
            });
  }

  private void begin() {
    begin = System.nanoTime();
    if (pace.perSecond() > 0) {
      nextDue = begin;
      arrive();
    } else {
      while (!idle.isEmpty()) {
        send(idle.poll(), System.nanoTime());
      }
    }
  }

  /** Sends what has become due, and comes back for the next. */
  private void arrive() {
    long now = System.nanoTime();
    for (; nextDue <= now; nextDue += gap()) {
      if (idle.isEmpty()) {
        waiting.add(nextDue);
      } else {
        send(idle.poll(), nextDue);
      }
    }
    if (!isOver(now)) {
      loop.schedule(this::arrive, nextDue - now, TimeUnit.NANOSECONDS);
    }
  }

  private long gap() {
    return (long) (-Math.log(1 - random.nextDouble()) * 1e9 / pace.perSecond());
  }

  private boolean isOver(long now) {
    return now - begin >= pace.seconds() * 1_000_000_000L;
  }

  private void send(Connection connection, long due) {
    busy++;
    connection.send(requests.get(), due);
  }

  private void answered(Connection connection, int status) {
    long now = System.nanoTime();
    busy--;
    failed += status / 100 == 2 ? 0 : 1;
    if (answered == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * answered);
    }
    nanos[answered++] = now - connection.due;
    if (!waiting.isEmpty()) {
      send(connection, waiting.poll());
    } else if (pace.perSecond() == 0 && !isOver(now)) {
      send(connection, now);
    } else {
      idle.add(connection);
      if (busy == 0 && isOver(now)) {
        done.countDown();
      }
    }
  }

  private Answers answers() {
    long[] sorted = Arrays.copyOf(nanos, answered);
    Arrays.sort(sorted);
    long micros = pace.seconds() * 1_000_000L;
    return new Answers(answered, failed, micros, share(sorted, 0.5), share(sorted, 0.99));
  }

  private static long share(long[] sorted, double share) {
    return sorted.length == 0 ? 0 : sorted[(int) ((sorted.length - 1) * share)] / 1_000;
  }
}
