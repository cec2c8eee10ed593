package vn.luot.check;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import vn.luot.connection.Unis;

/** What is wrong with how the stores are set, asked at the start and then now and then. */
@ApplicationScoped
class StoreChecks {
  private static final String REDIS = "Redis is set by QUARKUS_REDIS_HOSTS";
  private static final String POSTGRES =
      "PostgreSQL is set by QUARKUS_DATASOURCE_REACTIVE_URL, QUARKUS_DATASOURCE_USERNAME and"
          + " QUARKUS_DATASOURCE_PASSWORD";

  private final Set<String> silent = ConcurrentHashMap.newKeySet();
  private final RedisCheck redis;
  private final PostgresCheck postgres;
  private final CheckConfig config;
  private volatile List<Finding> ofRedis = List.of();
  private volatile List<Finding> ofPostgres = List.of();
  private List<Finding> logged = List.of();
  private long loggedAt;

  StoreChecks(RedisCheck redis, PostgresCheck postgres, CheckConfig config, MeterRegistry metrics) {
    this.redis = redis;
    this.postgres = postgres;
    this.config = config;
    metrics.gauge("luot.store.findings", this, checks -> checks.findings().size());
  }

  List<Finding> findings() {
    return Stream.concat(ofRedis.stream(), ofPostgres.stream()).toList();
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
}
