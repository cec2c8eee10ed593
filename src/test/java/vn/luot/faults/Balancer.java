package vn.luot.faults;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stands before pods as a Service of Kubernetes does: a new connection goes to a pod that says it
 * is ready, and then stays with it.
 */
final class Balancer implements AutoCloseable {
  /** How soon a pod that is not ready any more gets no new connections. */
  private static final long PROBE_MILLIS = 500;

  private static final int OK = 200;

  private final Vertx vertx =
      Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1));
  private final NetClient client = vertx.createNetClient();
  private final HttpClient probe = vertx.createHttpClient();
  private final Map<Pod, Boolean> pods = new ConcurrentHashMap<>();
  private final int port;
  private int next;

  Balancer() {
    port =
        vertx
            .createNetServer()
            .connectHandler(this::connect)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join()
            .actualPort();
    vertx.setPeriodic(PROBE_MILLIS, tick -> pods.keySet().forEach(this::probe));
  }

  int port() {
    return port;
  }

  /** From now on it is asked whether it is ready. */
  void add(Pod pod) {
    pods.put(pod, false);
  }

  void remove(Pod pod) {
    pods.remove(pod);
  }

  boolean isReady(Pod pod) {
    return pods.getOrDefault(pod, false);
  }

  private void probe(Pod pod) {
    probe
        .request(
            new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setHost("127.0.0.1")
                .setPort(pod.managementPort())
                .setURI("/q/health/ready")
                .setTimeout(PROBE_MILLIS))
        .compose(request -> request.send())
        .onComplete(
            answer ->
                pods.computeIfPresent(
                    pod, (p, was) -> answer.succeeded() && answer.result().statusCode() == OK));
  }

  private void connect(NetSocket socket) {
    List<Pod> ready = pods.keySet().stream().filter(this::isReady).toList();
    if (ready.isEmpty()) {
      socket.close();
      return;
    }
    socket.pause();
    client
        .connect(ready.get(next++ % ready.size()).port(), "127.0.0.1")
        .onSuccess(pod -> join(socket, pod))
        .onFailure(refused -> socket.close());
  }

  private static void join(NetSocket socket, NetSocket pod) {
    pod.handler(socket::write);
    socket.handler(pod::write);
    pod.exceptionHandler(broken -> {});
    socket.exceptionHandler(broken -> {});
    pod.closeHandler(end -> socket.close());
    socket.closeHandler(end -> pod.close());
    socket.resume();
  }

  @Override
  public void close() {
    vertx.close();
  }
}
