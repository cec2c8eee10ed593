package vn.luot.faults;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import vn.luot.standalone.Redis;

/** A Redis that comes back with less than it had acknowledged: never twice, and no number back. */
@ExtendWith(Deployed.class)
class RedisLossIT {
  private static final Load.Shape STEADY = new Load.Shape(48, 1_000);
  private static final int CUT_BYTES = 20_000;

  @AtFullSize
  @Test
  void aCutAppendOnlyFileLosesItsTailAndDoublesNothing(Deployment deployment) throws IOException {
    AppendOnlyFile file = AppendOnlyFile.of(deployment.directory);
    int mostLost = 0;
    try (Run run = Run.unique("truncatedFile", deployment, STEADY)) {
      for (int i = 0; i < Sizes.REDIS_KILLS; i++) {
        run.load.awaitMore(Sizes.BETWEEN);
        deployment.redis.kill();
        mostLost += file.cut(CUT_BYTES);
        deployment.redis.restart();
      }
      run.load.awaitMore(Sizes.BETWEEN);
      run.figure("cuts", Sizes.REDIS_KILLS);
      run.figure("hitsInTheCutTails", mostLost);
      Verdict verdict = run.judge();
      verdict.assertNeverTwice();
      assertTrue(verdict.lost() <= mostLost, verdict.toString());
    }
  }

  @Test
  void anEmptyRedisTakesNoShownNumberBackAndClaimsNobodyIsThere(Deployment deployment)
      throws IOException {
    try (Run run = Run.unique("emptyRestart", deployment, STEADY);
        Watch watch = Watch.of(run.site(), deployment.pod)) {
      run.load.awaitMore(Sizes.BETWEEN);
      // A site of which PostgreSQL has nothing yet had nobody on it, as far as anyone can tell.
      await("a flush").until(() -> flushed(deployment, run.site()) > 0);
      deployment.redis.kill();
      AppendOnlyFile.of(deployment.directory).delete();
      deployment.redis.restart();
      run.load.awaitMore(Sizes.BETWEEN);
      awaitUnknown(watch);
      RedisCommand.send(deployment.redis.port(), "FLUSHALL");
      run.load.awaitMore(Sizes.BETWEEN);
      awaitUnknown(watch);
      // As if the window had passed since.
      forgetThatItWasEmptied(deployment);
      await("online").until(watch::isOnlineKnown);
      run.figure("shownWentBack", watch.wentBack());
      run.figure("readings", watch.read());
      run.judge().assertNeverTwice();
      assertEquals(0, watch.wentBack());
      assertFalse(watch.saidNobody(), "a false 0");
    }
  }

  private static void awaitUnknown(Watch watch) {
    int read = watch.read();
    await("online unknown").until(() -> !watch.isOnlineKnown());
    await("a reading").until(() -> watch.read() > read);
  }

  private static long flushed(Deployment deployment, FreshSite site) {
    return deployment.database.number(
        "SELECT coalesce(sum(views), 0) FROM site_total WHERE site_id = " + site.id());
  }

  private static void forgetThatItWasEmptied(Deployment deployment) {
    RedisCommand.send(deployment.redis.port(), "HSET", "luot:epoch", "emptied", "0");
  }

  /** As of a machine that goes on from a snapshot: the same process, the same history. */
  @AtFullSize
  @Test
  void aRedisWhoseMemoryIsPutBackTakesNoLaterHitForAnOlderOne(Deployment deployment)
      throws IOException {
    Redis redis = Redis.start(Deployment.directory(), 0, "--enable-debug-command", "yes");
    try (Pod pod = deployment.anotherPod(redis.port(), deployment.postgres.port())) {
      FreshSite site = FreshSite.knownTo(pod, deployment.database);
      hit(pod, site, 100);
      RedisCommand.send(redis.port(), "SAVE");
      hit(pod, site, 20);
      Flushed.await(redis.port());
      RedisCommand.send(redis.port(), "DEBUG", "RELOAD", "NOSAVE");
      hit(pod, site, 30);
      Flushed.await(redis.port());
      assertEquals(150, flushed(deployment, site));
    } finally {
      redis.close();
    }
  }

  /** As of a machine that was copied while it ran: both say the same of their history. */
  @AtFullSize
  @Test
  void twoRunningCopiesOfOneMemoryAreAddedUp(Deployment deployment) throws IOException {
    FreshSite site = FreshSite.knownTo(deployment.pod, deployment.database);
    hit(deployment.pod, site, 100);
    Flushed.await(deployment.redis.port());
    Redis copy = copy(deployment.redis);
    try (Pod pod = deployment.anotherPod(copy.port(), deployment.postgres.port())) {
      pod.awaitSite(site.slug());
      hit(deployment.pod, site, 10);
      Flushed.await(deployment.redis.port());
      // Of those before its first flush some may be lost.
      hit(pod, site, 1);
      Flushed.await(copy.port());
      hit(pod, site, 20);
      hit(deployment.pod, site, 20);
      Flushed.await(copy.port());
      Flushed.await(deployment.redis.port());
      long counted = flushed(deployment, site);
      assertTrue(counted == 150 || counted == 151, "counted " + counted);
    } finally {
      copy.close();
    }
  }

  private static Redis copy(Redis redis) {
    Redis copy = Redis.start(Deployment.directory(), 0);
    RedisCommand.send(copy.port(), "REPLICAOF", "127.0.0.1", "" + redis.port());
    await("the copy")
        .until(() -> RedisCommand.send(redis.port(), "WAIT", "1", "1000"), ":1"::equals);
    RedisCommand.send(copy.port(), "REPLICAOF", "NO", "ONE");
    String info = RedisCommand.list(copy.port(), "INFO", "replication").get(0);
    String history = info.replaceAll("(?s).*master_replid:(\\w+).*", "$1");
    RedisCommand.send(copy.port(), "HSET", "luot:epoch", "history", history);
    return copy;
  }

  private static void hit(Pod pod, FreshSite site, int times) {
    for (int i = 0; i < times; i++) {
      await("a hit").until(() -> Hit.send(pod, site) == 200);
    }
  }

  @AtFullSize
  @Test
  void aFullRedisRefusesAndIsFreedByTheFlush(Deployment deployment) {
    int port = deployment.redis.port();
    try (Run run = Run.unique("fullRedis", deployment, STEADY)) {
      run.load.awaitMore(Sizes.BETWEEN);
      RedisCommand.send(port, "CONFIG", "SET", "maxmemory", "1");
      await("refusals").until(() -> run.load.tally.refused.get() > 100);
      // A whole flush while nothing may be written; its end cannot be remembered.
      await("everything flushed")
          .until(() -> flushed(deployment, run.site()) >= run.load.tally.ok.get());
      RedisCommand.send(port, "CONFIG", "SET", "maxmemory", "0");
      run.load.awaitMore(Sizes.BETWEEN);
      run.judge().assertExactlyOnce();
      assertEquals(0, run.load.tally.otherwise.get() + run.load.tally.unanswered.get());
    } finally {
      RedisCommand.send(port, "CONFIG", "SET", "maxmemory", "0");
    }
  }

  @AtFullSize
  @Test
  void forgettingTheScriptsCostsNoHit(Deployment deployment) throws InterruptedException {
    try (Run run = Run.unique("scriptFlush", deployment, STEADY)) {
      for (int i = 0; i < Sizes.SCRIPT_FLUSHES; i++) {
        run.load.awaitMore(100);
        RedisCommand.send(deployment.redis.port(), "SCRIPT", "FLUSH");
        // Every second, as somebody's tool might.
        Thread.sleep(1_000);
      }
      run.figure("scriptFlushes", Sizes.SCRIPT_FLUSHES);
      run.judge().assertExactlyOnce();
      run.assertAnswered();
    }
  }
}
