package vn.luot.faults;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/**
 * A TCP proxy on the way to a store, which loses what the store has answered, or watches for it.
 */
final class Wire implements AutoCloseable {
  private final Vertx vertx =
      Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1));
  private final NetClient client = vertx.createNetClient();
  private final Random random = new Random(1);
  private final AtomicInteger cuts = new AtomicInteger();
  private final Set<NetSocket> silent = ConcurrentHashMap.newKeySet();
  private final Set<NetSocket> open = ConcurrentHashMap.newKeySet();
  private final int port;
  private volatile int store;
  private volatile double share;
  private volatile Trap trap;

  /**
   * Waits for a request.
   *
   * @param words what it has in it, as a regular expression
   * @param done what the store answers when it has done it, as a regular expression, which never
   *     arrives; null where the store does not even get the request
   * @param then what happens at that moment
   */
  private record Trap(Pattern words, Pattern done, Runnable then) {}

  private Wire(int store) {
    this.store = store;
    this.port =
        vertx
            .createNetServer()
            .connectHandler(this::connect)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join()
            .actualPort();
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Wire to(int port) {
    return new Wire(port);
  }

  int port() {
    return port;
  }

  /** For this share of what the store sends: it did what it was asked, and nobody is told. */
  void cut(double share) {
    this.share = share;
  }

  int cuts() {
    return cuts.get();
  }

  /** At the next request that contains these words, once. */
  void trap(String words, String done, Runnable then) {
    Pattern asked = Pattern.compile(words, Pattern.CASE_INSENSITIVE);
    trap = new Trap(asked, done == null ? null : Pattern.compile(done), then);
  }

  /** New connections lead to another store, those that exist end: as after a failover. */
  void leadTo(int port) {
    store = port;
    open.forEach(NetSocket::close);
  }

  /** New connections lead to another store; those that exist stay, and lead where they led. */
  void leadNewTo(int port) {
    store = port;
  }

  /** What is connected now stays so, and nothing passes any more; new connections are well. */
  void silence() {
    silent.addAll(open);
  }

  private void connect(NetSocket pod) {
    pod.pause();
    client
        .connect(store, "127.0.0.1")
        .onSuccess(server -> join(pod, server))
        .onFailure(refused -> pod.close());
  }

  private void join(NetSocket pod, NetSocket server) {
    open.add(pod);
    server.handler(answer -> deliver(pod, server, answer));
    pod.handler(
        request -> {
          if (!silent.contains(pod) && !isTrapped(request, pod, server)) {
            server.write(request);
          }
        });
    pod.exceptionHandler(broken -> {});
    server.exceptionHandler(broken -> {});
    pod.closeHandler(
        end -> {
          open.remove(pod);
          server.close();
        });
    server.closeHandler(end -> pod.close());
    pod.resume();
  }

  private boolean isTrapped(Buffer request, NetSocket pod, NetSocket server) {
    Trap set = trap;
    if (set == null || !set.words.matcher(text(request)).find()) {
      return false;
    }
    trap = null;
    if (set.done != null) {
      // The rest of the request may still be on its way.
      server.handler(
          answer -> {
            if (set.done.matcher(text(answer)).find()) {
              set.then.run();
            } else {
              pod.write(answer);
            }
          });
      return false;
    }
    silent.add(pod);
    set.then.run();
    return true;
  }

  private static String text(Buffer bytes) {
    return bytes.toString(StandardCharsets.ISO_8859_1);
  }

  private void deliver(NetSocket pod, NetSocket server, Buffer answer) {
    if (silent.contains(pod)) {
      return;
    }
    if (share > 0 && random.nextDouble() < share) {
      cuts.incrementAndGet();
      server.close();
      pod.close();
    } else {
      pod.write(answer);
    }
  }

  @Override
  public void close() {
    vertx.close();
  }
}
