package vn.luot.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import vn.luot.check.StoreChecks.Finding;
import vn.luot.live.redis.RedisCommands;
import vn.luot.live.redis.Replication.Durability;
import vn.luot.site.Installation;

/** Real stores, set so that they would lose counts. */
@QuarkusTest
class StoreChecksTest {
  private static final int ALL = 1_000_000;

  private static final Path LUA = Path.of("src/main/resources/lua");

  @Inject @Readiness StoreChecks checks;
  @Inject RedisCommands redis;
  @Inject Installation installation;
  @Inject Pool pool;
  @Inject PostgresCheck postgres;

  private void redis(String setting, String value) {
    Request set = Request.cmd(Command.CONFIG).arg("SET").arg(setting).arg(value);
    redis.send(set).toCompletionStage().toCompletableFuture().join();
  }

  private List<String> found() {
    checks.check().await().indefinitely();
    return checks.findings().stream().map(Finding::name).toList();
  }

  @AfterEach
  void asItShouldBe() {
    redis("maxmemory-policy", "noeviction");
    redis("appendonly", "yes");
    assertEquals(List.of(), found());
  }

  @Test
  void aRedisThatEvictsIsReportedAndTakesNoPodAway() {
    redis("maxmemory-policy", "allkeys-lru");
    assertEquals(List.of("redis-eviction"), found());
    HealthCheckResponse said = checks.call();
    assertEquals(HealthCheckResponse.Status.UP, said.getStatus());
    assertTrue(
        said.getData().orElseThrow().get("redis-eviction").toString().contains("allkeys-lru"));
  }

  @Test
  void aRedisWithoutItsFileIsReported() {
    redis("appendonly", "no");
    assertEquals(List.of("redis-aof"), found());
  }

  @Test
  void fsyncIsNotPromisedByARedisThatDoesNotDoIt() {
    assertEquals(List.of("redis-fsync"), foundBy(Durability.FSYNC));
    redis("appendfsync", "always");
    assertEquals(List.of(), foundBy(Durability.FSYNC));
    redis("appendfsync", "everysec");
  }

  @Test
  void replicatedIsNotPromisedWithoutAReplica() {
    assertEquals(List.of("redis-replica"), foundBy(Durability.REPLICATED));
  }

  @Test
  void everyCommandThatIsCalledIsTried() throws IOException {
    String rights = Files.readString(LUA.resolve("rights.lua"));
    Set<String> called = new TreeSet<>();
    find(LUA, "call\\([^']*'([A-Z_]+)'", called);
    find(LUA, "call\\([^']*'[A-Z_]+' or '([A-Z_]+)'", called);
    find(Path.of("src/main/java"), "Command\\.([A-Z]+)", called);
    // What no script may call, and what only a finding needs.
    called.removeAll(Set.of("EVAL", "EVALSHA", "WAIT", "PING", "CONFIG"));
    called.removeIf(command -> rights.contains("{'" + command + "'"));
    assertEquals(Set.of(), called);
  }

  private static void find(Path below, String pattern, Set<String> found) throws IOException {
    try (Stream<Path> files = Files.walk(below)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        Pattern.compile(pattern)
            .matcher(Files.readString(file))
            .results()
            .forEach(match -> found.add(match.group(1)));
      }
    }
  }

  private List<String> foundBy(Durability durability) {
    return new RedisCheck(redis, installation, durability)
        .findings().await().indefinitely().stream().map(Finding::name).toList();
  }

  @Test
  void aSessionThatDoesNotWaitForItsCommitsIsReported() {
    List<Finding> found =
        pool.withTransaction(
                open ->
                    open.query("SET LOCAL synchronous_commit = off")
                        .execute()
                        .flatMap(set -> PostgresCheck.findings(open, 8, false)))
            .await()
            .indefinitely();
    assertEquals(
        List.of("postgres-synchronous-commit"), found.stream().map(Finding::name).toList());
  }

  @Test
  void aRoleWithFewerConnectionsThanAPodOpensIsReported() {
    List<Finding> found = new ArrayList<>();
    PostgresCheck.mustReach(found, 3, 8, true);
    PostgresCheck.mustReach(found, -1, 8, false);
    PostgresCheck.mustReach(found, 8, 8, false);
    assertEquals(List.of("postgres-connections"), found.stream().map(Finding::name).toList());
  }

  @Test
  void totalsThatAreNotTheSumOfTheirRowsAndRowsOfNoSiteAreReported() {
    sql("SELECT recount()");
    sql("INSERT INTO hourly_views VALUES (77, '2026-01-05', '2026-01-05T01:00Z', 5, 100, 10)");
    try {
      String orphans = postgres.totals(ALL).await().indefinitely().toString();
      assertTrue(orphans.contains("postgres-orphans") && !orphans.contains("totals"), orphans);
      sql("UPDATE daily_total SET views = 2 * views WHERE site_id = 77");
      String found = postgres.totals(ALL).await().indefinitely().toString();
      assertTrue(found.contains("postgres-totals") && found.contains("recount"), found);
    } finally {
      sql("SELECT recount(); SELECT sweep()");
    }
    assertEquals(List.of(), postgres.totals(ALL).await().indefinitely());
  }

  private void sql(String statement) {
    pool.query(statement).execute().await().indefinitely();
  }

  @Test
  void onlyRedisBefore7IsTooOld() {
    assertTrue(RedisCheck.Info.parse("# Server\r\nredis_version:6.2.14\r\n").isTooOld());
    assertTrue(!RedisCheck.Info.parse("redis_version:7.0.15\r\n").isTooOld());
    assertTrue(!RedisCheck.Info.parse("redis_version:unstable\r\n").isTooOld());
  }
}
