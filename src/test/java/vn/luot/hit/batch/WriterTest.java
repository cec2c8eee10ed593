package vn.luot.hit.batch;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import vn.luot.TestSite;
import vn.luot.connection.EventLoop;
import vn.luot.live.record.SeenVisitors;
import vn.luot.live.redis.Keys;
import vn.luot.live.redis.LiveConfig;
import vn.luot.live.redis.LoopConnection;
import vn.luot.live.redis.LoopRedis;
import vn.luot.live.redis.RedisCommands;
import vn.luot.live.redis.RedisTopology;
import vn.luot.live.redis.Replication;
import vn.luot.refusal.Reason;
import vn.luot.refusal.Refusal;
import vn.luot.site.registry.Sites;
import vn.luot.standalone.Postgres;
import vn.luot.visitor.Sender;

@QuarkusTest
class WriterTest {
  Postgres postgres;

  @Inject Vertx vertx;
  @Inject LoopRedis redis;
  @Inject LiveConfig config;
  @Inject Replication replication;
  @Inject SeenVisitors seen;
  @Inject Sites sites;
  @Inject RedisTopology topology;
  @Inject RedisCommands commands;

  @Test
  void aBatchThatCannotBeWrittenIsRefusedAndTheNextMayLeave() throws Exception {
    TestSite site = TestSite.create(postgres);
    // Without the script there is nothing to write it with.
    BatcherParts parts =
        new BatcherParts(config, null, seen, null, replication, null, null, null, topology);
    Hit hit = Hit.heartbeat(sites.require(site.slug), Sender.UNKNOWN);
    WaitingHit waiting = new WaitingHit(hit, System.nanoTime());
    CompletableFuture<Boolean> free = new CompletableFuture<>();
    EventLoop loop = EventLoop.of(vertx);
    loop.run(
        () -> {
          Writer[] writer = new Writer[1];
          writer[0] =
              new Writer(
                  parts,
                  new LoopConnection(redis, replication, loop),
                  () -> free.complete(writer[0].isFree()));
          writer[0].send(List.of(waiting));
        });
    assertTrue(free.get(1, TimeUnit.MINUTES));
    Throwable refused = assertThrows(CompletionException.class, waiting.answer::join).getCause();
    assertEquals(Reason.NOT_STORED, assertInstanceOf(Refusal.class, refused).reason());
  }

  /** As after the memory of a pod was put back, or while a copy of the pod runs. */
  @Test
  void hitsUnderSequencesThatRedisHasAlreadyAreCounted() {
    TestSite site = TestSite.create(postgres);
    String writers =
        Keys.writer(Keys.bucket(site.id), "*").replace("{" + Keys.bucket(site.id), "{*");
    for (int i = 1; i <= 8; i++) {
      // Of each event loop there is a writer.
      for (Response writer : redis(Command.KEYS, writers)) {
        redis(Command.SET, writer.toString(), "1000000000");
      }
      site.hit("/").statusCode(200).body("views.total", equalTo(i));
    }
  }

  private Response redis(Command command, Object... args) {
    return commands
        .send(Request.cmd(command, args))
        .toCompletionStage()
        .toCompletableFuture()
        .join();
  }
}
