package vn.luot.faults;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import vn.luot.standalone.Redis;

/** A Redis that is demoted and lives on, and one that refuses to write for a while. */
@ExtendWith(Deployed.class)
class FailoverIT {
  private static final Load.Shape STEADY = new Load.Shape(16, 500);
  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** What is promised; on a machine that is busy with other builds a little more. */
  private static final Duration GOES_ON_WITHIN = Duration.ofSeconds(Sizes.FULL ? 5 : 30);

  @Test
  void hitsVotesAndFlushGoOnWhereTheNameLeads(Deployment deployment) throws Exception {
    Redis first = Redis.start(deployment.directory.resolve("failover-1"), 0);
    Redis second = Redis.start(deployment.directory.resolve("failover-2"), 0);
    try (Wire wire = Wire.to(first.port());
        Pod pod = deployment.anotherPod(wire.port(), deployment.postgres.port());
        Run run = Run.unique("demotedRedis", deployment, pod, STEADY)) {
      run.load.awaitMore(300, LIMIT);
      RedisCommand.send(second.port(), "REPLICAOF", "127.0.0.1", "" + first.port());
      await("the replica")
          .atMost(LIMIT)
          .until(() -> RedisCommand.send(first.port(), "WAIT", "1", "500").endsWith("1"));
      // No hit is lost on the way: Redis waits until the other one has all.
      RedisCommand.send(
          first.port(), "FAILOVER", "TO", "127.0.0.1", "" + second.port(), "TIMEOUT", "5000");
      await("the failover").atMost(LIMIT).until(() -> isPrimary(second));
      wire.leadNewTo(second.port());
      long begin = System.nanoTime();
      run.load.awaitMore(100, GOES_ON_WITHIN);
      run.figure("hitsWentOnMillis", (System.nanoTime() - begin) / 1_000_000);
      FreshSite rated = FreshSite.knownTo(pod, deployment.database);
      Ballots ballots = new Ballots(rated, pod.port(), 3, 1);
      ballots.open();
      run.figure("votesWentOnMillis", (System.nanoTime() - begin) / 1_000_000);
      Flushed.await(second.port());
      run.figure("flushWentOnMillis", (System.nanoTime() - begin) / 1_000_000);
      assertTrue(System.nanoTime() - begin < 2 * GOES_ON_WITHIN.toNanos());
      run.judge(second.port()).assertExactlyOnce();
      assertEquals(0, run.load.tally.otherwise.get());
    } finally {
      second.close();
      first.close();
    }
  }

  private static boolean isPrimary(Redis redis) {
    return "master".equals(RedisCommand.list(redis.port(), "ROLE").get(0));
  }

  /** How it is brought to refuse, and back; each line a command. */
  private record Refused(String name, List<String> begin, List<String> end) {}

  private static List<Refused> refusals(Path gone) {
    return List.of(
        new Refused(
            "NOREPLICAS",
            List.of("CONFIG SET min-replicas-to-write 3"),
            List.of("CONFIG SET min-replicas-to-write 0")),
        new Refused(
            "OOM", List.of("CONFIG SET maxmemory 100kb"), List.of("CONFIG SET maxmemory 0")),
        new Refused(
            "NOPERM",
            List.of("ACL SETUSER default -@scripting"),
            List.of("ACL SETUSER default +@all")),
        new Refused("READONLY", List.of("REPLICAOF 127.0.0.1 1"), List.of("REPLICAOF NO ONE")),
        new Refused(
            "MASTERDOWN",
            List.of("CONFIG SET replica-serve-stale-data no", "REPLICAOF 127.0.0.1 1"),
            List.of("REPLICAOF NO ONE", "CONFIG SET replica-serve-stale-data yes")),
        new Refused(
            "BUSY",
            List.of(
                "CONFIG SET busy-reply-threshold 50",
                "EVAL \"local function now() return tonumber(redis.call('TIME')[1]) end local e ="
                    + " now() + 4 while now() < e do end\" 0"),
            List.of()),
        new Refused(
            "LOADING",
            List.of(
                "CONFIG SET loading-process-events-interval-bytes 1024",
                "CONFIG SET key-load-delay 5000",
                "DEBUG RELOAD"),
            List.of("CONFIG SET key-load-delay 0")),
        new Refused(
            "NOAUTH",
            // On one connection, which stays known.
            List.of("CONFIG SET requirepass secret\r\nCLIENT KILL TYPE normal"),
            List.of("AUTH secret\r\nCONFIG SET requirepass \"\"")),
        new Refused(
            "MISCONF",
            List.of("CONFIG SET dir " + gone, "CONFIG SET save \"3600 1\""),
            List.of("CONFIG SET stop-writes-on-bgsave-error no")));
  }

  @Test
  @AtFullSize
  void whatRedisRefusesIsNotStoredAndMayGoToPostgres(Deployment deployment) throws IOException {
    Path gone = Files.createTempDirectory("luot-gone");
    Redis redis =
        Redis.start(
            deployment.directory.resolve("refusing"),
            0,
            "--enable-protected-configs",
            "yes",
            "--enable-debug-command",
            "yes");
    try (Pod pod =
            deployment.anotherPod(
                redis.port(), deployment.postgres.port(), Map.of("LUOT_DEGRADED", "direct"));
        Run run = Run.unique("refusingRedis", deployment, pod, STEADY)) {
      for (Refused refused : refusals(gone)) {
        run.load.awaitMore(200, LIMIT);
        long direct = pod.metric("luot_hits_direct_total");
        refused.begin.forEach(command -> RedisCommand.send(redis.port(), command.split(" ")));
        if (refused.name.equals("MISCONF")) {
          Files.delete(gone);
          RedisCommand.send(redis.port(), "BGSAVE");
        }
        await(refused.name + ": hits in PostgreSQL")
            .atMost(LIMIT)
            .until(() -> pod.metric("luot_hits_direct_total") > direct + 20);
        refused.end.forEach(command -> RedisCommand.send(redis.port(), command.split(" ")));
        long counted = pod.metric("luot_hits_counted_total");
        await(refused.name + ": hits in Redis")
            .atMost(GOES_ON_WITHIN)
            .until(() -> pod.metric("luot_hits_counted_total") > counted + 20);
      }
      run.judge(redis.port()).assertExactlyOnce();
      assertEquals(0, run.load.tally.otherwise.get());
    } finally {
      redis.close();
    }
  }
}
