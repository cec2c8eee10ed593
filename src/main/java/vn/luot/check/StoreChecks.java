package vn.luot.check;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import vn.luot.connection.Unis;
import vn.luot.setting.Allowed;

/** What is wrong with how the stores are set, asked at the start and then now and then. */
@Readiness
@Singleton
class StoreChecks implements HealthCheck {
  private static final String REDIS = "Redis is set by QUARKUS_REDIS_HOSTS";
  private static final String POSTGRES =
      "PostgreSQL is set by QUARKUS_DATASOURCE_REACTIVE_URL, QUARKUS_DATASOURCE_USERNAME and"
          + " QUARKUS_DATASOURCE_PASSWORD";

  private final Set<String> silent = ConcurrentHashMap.newKeySet();
  private final RedisCheck redis;
  private final PostgresCheck postgres;
  private final Config config;
  private volatile List<Finding> ofRedis = List.of();
  private volatile List<Finding> ofPostgres = List.of();
  private List<Finding> logged = List.of();
  private long loggedAt;

  StoreChecks(RedisCheck redis, PostgresCheck postgres, Config config, MeterRegistry metrics) {
    this.redis = redis;
    this.postgres = postgres;
    this.config = config;
    metrics.gauge("luot.store.findings", this, checks -> checks.findings().size());
  }

  List<Finding> findings() {
    return Stream.concat(ofRedis.stream(), ofPostgres.stream()).toList();
  }

  /** Tells which settings may lose counts; by default a pod stays ready all the same. */
  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder health = HealthCheckResponse.named("store settings");
    findings().forEach(finding -> health.withData(finding.name(), finding.detail()));
    return health.status(findings().isEmpty() || !config.refuse()).build();
  }

  @Scheduled(every = "{luot.check.every}", concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> check() {
    // A store that cannot be asked is as it was.
    return Uni.join()
        .all(
            askedAt(REDIS, redis.findings().invoke(found -> ofRedis = found)),
            askedAt(POSTGRES, postgres.findings().invoke(found -> ofPostgres = found)))
        .andFailFast()
        .invoke(done -> report(findings()))
        .replaceWithVoid();
  }

  /** Once for each outage, and so to whoever starts Luot without the store. */
  private Uni<List<Finding>> askedAt(String where, Uni<List<Finding>> findings) {
    return findings
        .invoke(found -> silent.remove(where))
        .plug(
            Unis.orNull(
                failure -> {
                  if (silent.add(where)) {
                    Log.warnf("%s, and cannot be asked: %s", where, failure.getMessage());
                  }
                }));
  }

  private synchronized void report(List<Finding> found) {
    long now = System.nanoTime();
    boolean again = now - loggedAt > config.repeatAfter().toNanos();
    if (found.equals(logged) && !again) {
      return;
    }
    found.forEach(finding -> Log.errorf("Counts may be lost: %s", finding.detail()));
    logged.stream()
        .filter(finding -> !found.contains(finding))
        .forEach(finding -> Log.infof("No longer: %s", finding.detail()));
    logged = found;
    loggedAt = now;
  }

  /** Settings of the checks of both stores. */
  @ConfigMapping(prefix = "luot.check")
  interface Config {
    /** How often the stores are asked how they are set: somebody may change it while they run. */
    @WithConverter(Allowed.SomeTime.class)
    Duration every();

    /** How often a finding that stays is logged again. */
    @WithDefault("10m")
    @WithConverter(Allowed.SomeTimeOrNone.class)
    Duration repeatAfter();

    /**
     * Whether a pod is not ready while a store is set so that it may lose counts. Off, because that
     * takes every pod out of service at once, also where an operator knows better.
     */
    @WithDefault("false")
    boolean refuse();
  }

  /**
   * A store is set so that it may lose what was counted.
   *
   * @param name stable, such as {@code redis-eviction}
   * @param detail what is wrong and what to set instead
   */
  record Finding(String name, String detail) {}
}
