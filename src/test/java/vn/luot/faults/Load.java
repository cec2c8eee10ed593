package vn.luot.faults;

import static org.awaitility.Awaitility.await;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;

/** A closed loop of hits: every connection sends its next one when the last one is answered. */
final class Load implements AutoCloseable {
  private static final int OK = 200;
  private static final int LIMIT_SECONDS = 20;

  /** What a client does that was refused or found nobody to talk to. */
  private static final long PAUSE_MILLIS = 100;

  final Tally tally;
  private final Plan plan;
  private final Shape shape;
  private final int[] ports;
  private final Vertx vertx =
      Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1));
  private final HttpClient client;
  private final CountDownLatch ends;
  private volatile int sent;
  private volatile boolean stopped;

  /**
   * How much of it.
   *
   * @param perSecond over all connections; 0 for as fast as answers come
   */
  record Shape(int connections, int perSecond) {
    long pauseMillis(long spentNanos) {
      long period = perSecond == 0 ? 0 : 1000L * connections / perSecond;
      return period - TimeUnit.NANOSECONDS.toMillis(spentNanos);
    }
  }

  private Load(Plan plan, Shape shape, int[] ports) {
    this.plan = plan;
    this.shape = shape;
    this.ports = ports;
    this.tally = new Tally(plan.places());
    this.ends = new CountDownLatch(shape.connections);
    this.client =
        vertx
            .httpClientBuilder()
            .with(new HttpClientOptions().setConnectTimeout(1_000).setIdleTimeout(LIMIT_SECONDS))
            .with(new PoolOptions().setHttp1MaxSize(shape.connections))
            // The request fails as well; unhandled it would be logged for each connection.
            .withConnectHandler(connection -> connection.exceptionHandler(broken -> {}))
            .build();
  }

  /** Runs until stopped, in turn against each of the ports of this machine. */
  static Load begin(Plan plan, Shape shape, int... ports) {
    Load load = new Load(plan, shape, ports);
    Context context = load.vertx.getOrCreateContext();
    context.runOnContext(
        begin -> {
          for (int i = 0; i < shape.connections; i++) {
            load.next();
          }
        });
    return load;
  }

  /** Always on the one event loop. */
  private void next() {
    if (stopped) {
      ends.countDown();
      return;
    }
    int place = plan.place(sent);
    Page page = plan.page(place);
    long begin = System.nanoTime();
    client
        .request(request(page.site(), ports[sent++ % ports.length]))
        .compose(request -> request.send("{\"page\":\"" + page.path() + "\"}"))
        .compose(response -> response.body().map(body -> response))
        .onSuccess(response -> answered(place, response, System.nanoTime() - begin))
        .onFailure(
            failure -> {
              tally.unanswered(place, System.nanoTime() - begin);
              nextAfter(PAUSE_MILLIS);
            });
  }

  private static RequestOptions request(FreshSite site, int port) {
    return new RequestOptions()
        .setMethod(HttpMethod.POST)
        .setHost("127.0.0.1")
        .setPort(port)
        .setURI("/v1/sites/" + site.slug() + "/hits")
        .setTimeout(TimeUnit.SECONDS.toMillis(LIMIT_SECONDS))
        .putHeader("Origin", FreshSite.ORIGIN)
        .putHeader("Content-Type", "text/plain");
  }

  private void answered(int place, HttpClientResponse response, long nanos) {
    tally.answered(place, response.statusCode(), response.getHeader("Retry-After"), nanos);
    boolean refused = response.statusCode() != OK;
    nextAfter(Math.max(refused ? PAUSE_MILLIS : 0, shape.pauseMillis(nanos)));
  }

  private void nextAfter(long millis) {
    if (millis > 0) {
      vertx.setTimer(millis, later -> next());
    } else {
      next();
    }
  }

  int sent() {
    return sent;
  }

  /** Waits until so many hits are acknowledged. */
  void awaitAcknowledged(int count, Duration limit) {
    awaitAcknowledged(acknowledged -> acknowledged >= count, limit);
  }

  /** Waits for a minute at most until so many more are. */
  void awaitMore(int count) {
    awaitMore(count, Duration.ofMinutes(1));
  }

  /** Waits until so many more are. */
  void awaitMore(int count, Duration limit) {
    awaitAcknowledged(tally.ok.get() + count, limit);
  }

  private void awaitAcknowledged(IntPredicate enough, Duration limit) {
    await("acknowledged hits")
        .atMost(limit)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> enough.test(tally.ok.get()));
  }

  /** Sends nothing more and waits for the answers that are due. */
  @Override
  public void close() {
    stopped = true;
    try {
      if (!ends.await(2 * LIMIT_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("hits are neither answered nor refused");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    vertx.close();
  }
}
