package vn.luot.faults;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One reader key of one site asks for the most expensive things: another site does not notice. */
@ExtendWith(Deployed.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OwnersAttackIT {
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final Load.Shape OTHERS = new Load.Shape(8, 200);
  private static final int CONNECTIONS = 32;
  private static final int SECONDS = Sizes.FULL ? 8 : 2;
  private static final int PAGES = Sizes.FULL ? 20_000 : 2_000;
  private static final ZoneId ZONE = ZoneId.of("Asia/Ho_Chi_Minh");
  private static final String KEY = "luot_reader-of-the-attacker";

  /** The first one is the longest series that is answered. */
  private static final List<String> CALLS =
      List.of(
          "series?interval=hour&from={yearAgo}&to={today}&compare=previous",
          "series?interval=hour&from={longAgo}&to={today}&compare=previous",
          "pages?limit=1000&sort=-average&from=2020-01-01",
          "pages?limit=1000&search=viet&sort=path",
          "pages/sections?limit=1000&from=2020-01-01",
          "series?page=/a&interval=week&from=2000-01-01&to=2100-12-31&compare=year",
          "export?format=json",
          "votes?limit=1000&held=true",
          "status",
          "");

  /** Beside what is usual: generous, since the machine may be busy with other things. */
  private static final long MOST_P99_MILLIS = 200;

  private FreshSite attacked;

  @BeforeAll
  void manyPagesOfTheAttackersSite(Deployment deployment) throws NoSuchAlgorithmException {
    attacked = FreshSite.register(deployment.database);
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(KEY.getBytes(StandardCharsets.UTF_8));
    deployment.database.execute(
        """
        INSERT INTO page (site_id, page, path, title, first_seen)
        SELECT %1$d, n, '/tin-tuc/bai-viet-so-' || n || '.html', repeat('Tiêu đề ', 12), now()
        FROM generate_series(1, %3$d) AS n;
        INSERT INTO page_views (site_id, day, page, epoch, views)
        SELECT %1$d, current_date - d, n, 7, n FROM generate_series(1, 20) AS d,
          generate_series(1, %3$d) AS n;
        INSERT INTO hourly_views (site_id, day, hour, epoch, views, visits, bots)
        SELECT %1$d, (h AT TIME ZONE 'Asia/Ho_Chi_Minh')::date, h, 7, 5, 1, 0
        FROM generate_series(date_trunc('hour', now()) - interval '420 days', now(), interval '1 hour') AS h;
        INSERT INTO api_key (site_id, role, name, hash, created_at, created_by)
        VALUES (%1$d, 'reader', 'attacker', decode('%2$s', 'hex'), now(), 'test');
        ANALYZE
        """
            .formatted(attacked.id(), HexFormat.of().formatHex(hash), PAGES));
  }

  static List<String> calls() {
    return Sizes.FULL ? CALLS : CALLS.subList(0, 1);
  }

  @ParameterizedTest
  @MethodSource("calls")
  void anothersHitsAreAnsweredAsUsual(String call, Deployment deployment) {
    try (Run others = Run.unique("ownersAttack", deployment, OTHERS)) {
      deployment.pod.awaitSite(attacked.slug());
      others.load.awaitMore(200, LIMIT);
      others.load.tally.takePercentileMillis(99);
      others.load.awaitMore(OTHERS.perSecond() * SECONDS / 2, LIMIT);
      long usual = others.load.tally.takePercentileMillis(99);
      long usualSlowest = others.load.tally.takeSlowestMillis();
      long memory = deployment.pod.memory();
      Duration cpu = cpu(deployment.pod);
      long begin = System.nanoTime();
      Map<Integer, AtomicInteger> answers;
      try (Attack attack = new Attack(deployment.pod.port(), path(call))) {
        others.load.awaitMore(OTHERS.perSecond() * SECONDS, LIMIT);
        answers = attack.answers;
        others.figure("memoryMegabytes", (deployment.pod.memory() - memory) >> 20);
      }
      double seconds = (System.nanoTime() - begin) / 1e9;
      long p99 = others.load.tally.takePercentileMillis(99);
      others.figure("call", call);
      others.figure("attackSeconds", Math.round(seconds));
      others.figure("answers", answers);
      others.figure(
          "podCpuPercent", Math.round(cpu(deployment.pod).minus(cpu).toMillis() / 10.0 / seconds));
      others.figure("usualP99Millis", usual);
      others.figure("usualSlowestMillis", usualSlowest);
      others.figure("p99Millis", p99);
      others.figure("slowestMillis", others.load.tally.takeSlowestMillis());
      others.judge().assertExactlyOnce();
      others.assertAnswered();
      assertTrue(
          !Sizes.FULL || p99 <= MOST_P99_MILLIS + 2 * usual,
          "the 99th percentile was " + p99 + " ms");
    }
  }

  private static Duration cpu(Pod pod) {
    return ProcessHandle.of(pod.pid())
        .flatMap(process -> process.info().totalCpuDuration())
        .orElse(Duration.ZERO);
  }

  private String path(String call) {
    LocalDate today = LocalDate.now(ZONE);
    String query =
        call.replace("{today}", today.toString())
            .replace("{yearAgo}", today.minusDays(410).toString())
            .replace("{longAgo}", today.minusDays(3650).toString());
    return query.equals("status")
        ? "/admin/v1/status"
        : "/admin/v1/sites/" + attacked.slug() + (query.isEmpty() ? "" : "/" + query);
  }

  /** Asks on each of its connections again as soon as it was answered. */
  private static final class Attack implements AutoCloseable {
    final Map<Integer, AtomicInteger> answers = new ConcurrentHashMap<>();
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final HttpClient client;
    private final RequestOptions request;
    private volatile boolean ended;

    Attack(int port, String path) {
      request =
          new RequestOptions()
              .setMethod(HttpMethod.GET)
              .setHost("127.0.0.1")
              .setPort(port)
              .setURI(path)
              .putHeader("Authorization", "Bearer " + KEY);
      client =
          vertx
              .httpClientBuilder()
              .with(new HttpClientOptions())
              .with(new PoolOptions().setHttp1MaxSize(CONNECTIONS))
              .withConnectHandler(connection -> connection.exceptionHandler(broken -> {}))
              .build();
      vertx.runOnContext(begin -> IntStream.range(0, CONNECTIONS).forEach(i -> ask()));
    }

    private void ask() {
      client
          .request(request)
          .compose(begun -> begun.send())
          .compose(answer -> answer.end().map(read -> answer.statusCode()))
          .otherwise(broken -> 0)
          .onSuccess(
              status -> {
                answers.computeIfAbsent(status, s -> new AtomicInteger()).incrementAndGet();
                if (!ended) {
                  // Whoever is refused waits for a moment, as a patient attacker would.
                  vertx.setTimer(status == 200 ? 1 : 10, again -> ask());
                }
              });
    }

    @Override
    public void close() {
      ended = true;
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }
}
