package vn.luot.hit.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import vn.luot.TestSite;
import vn.luot.connection.EventLoop;
import vn.luot.live.record.SeenVisitors;
import vn.luot.live.redis.LiveConfig;
import vn.luot.live.redis.LoopConnection;
import vn.luot.live.redis.LoopRedis;
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
}
