package vn.luot.live.redis;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicLong;
import vn.luot.connection.Unis;

/**
 * How full Redis is, which refuses when it is full. Of a Redis Cluster this is the node that
 * happens to be asked: there its own exporter says more.
 */
@Singleton
class RedisMemory {
  private final RedisCommands redis;
  private final AtomicLong used = new AtomicLong();
  private final AtomicLong limit = new AtomicLong();

  RedisMemory(RedisCommands redis, MeterRegistry metrics) {
    this.redis = redis;
    metrics.gauge("luot.redis.memory.used.bytes", used);
    metrics.gauge("luot.redis.memory.limit.bytes", limit);
  }

  @Scheduled(every = "{luot.live.watch-every}", concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> look() {
    return redis
        .run(Command.INFO, "memory", "replication")
        .invoke(answer -> read(answer.toString()))
        .plug(Unis.orNull(e -> Log.debugf("Redis does not say how full it is: %s", e.getMessage())))
        .replaceWithVoid();
  }

  private void read(String info) {
    if (info.contains("role:slave")) {
      // Reads would go on there for ever and be answered with old numbers.
      redis.misdirected();
    }
    info.lines()
        .forEach(
            line -> {
              read(line, "used_memory:", used);
              read(line, "maxmemory:", limit);
            });
  }

  private static void read(String line, String name, AtomicLong gauge) {
    if (line.startsWith(name)) {
      gauge.set(Long.parseLong(line.substring(name.length()).strip()));
    }
  }
}
