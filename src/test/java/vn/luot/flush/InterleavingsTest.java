package vn.luot.flush;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import vn.luot.SampleSender;
import vn.luot.TestSite;
import vn.luot.live.Epochs;
import vn.luot.live.record.RecordHits;
import vn.luot.live.record.RecordHits.Outcome;
import vn.luot.live.record.RecordHits.Remembered;
import vn.luot.live.record.SiteHits;
import vn.luot.live.record.SiteHits.Standing;
import vn.luot.live.redis.RedisCommands;
import vn.luot.site.Site;
import vn.luot.site.page.Page;
import vn.luot.site.registry.Sites;
import vn.luot.standalone.Postgres;

/**
 * The real scripts and tables in thousands of random situations: hits, repetitions, late
 * duplicates, flushes and epochs in random order. Seeded: a run is always the same.
 */
@QuarkusTest
class InterleavingsTest {
  private static final int STEPS = Integer.getInteger("luot.interleavings.steps", 1_500);

  @Inject RecordHits recordHits;
  @Inject Flusher flusher;
  @Inject RedisCommands redis;
  @Inject Epochs epochs;
  @Inject Sites sites;

  Postgres postgres;
  TestSite test;
  Site site;

  private final String writer = UUID.randomUUID().toString();
  private final List<SiteHits> sent = new ArrayList<>();

  @BeforeEach
  void freshSite() {
    test = TestSite.create(postgres);
    site = sites.require(test.slug);
  }

  @Test
  void everyHitIsCountedOnceInAnyOrder() {
    Random random = new Random(1);
    for (int step = 0; step < STEPS; step++) {
      switch (random.nextInt(40)) {
        case 0 -> flusher.flush().await().indefinitely();
        case 1 -> twoFlushesAtOnce();
        case 2 -> anotherHistory(step);
        case 3, 4, 5, 6, 7 -> repeatLast();
        case 8, 9, 10 -> repeatAny(random);
        default -> hit();
      }
    }
    flusher.flush().await().indefinitely();
    assertEquals(
        sent.size() + " 1 1",
        test.database.table(
            "SELECT count(*), min(views), max(views) FROM page_total WHERE site_id = " + test.id));
    test.awaitFlushed(sent.size());
  }

  /** Sent again where it found another epoch or hour, as the batcher does. */
  private void hit() {
    SiteHits hits = new SiteHits(site);
    hits.view(Page.of("/" + sent.size()), null, SampleSender.of(null), Standing.ORDINARY, null);
    sent.add(hits);
    while (!send(sent.size(), hits, false).recorded()) {
      continue;
    }
  }

  private void repeatLast() {
    if (!sent.isEmpty()) {
      send(sent.size(), sent.get(sent.size() - 1), true);
    }
  }

  /** As a frozen Redis executes what its sender gave up long ago. */
  private void repeatAny(Random random) {
    if (!sent.isEmpty()) {
      int which = random.nextInt(sent.size());
      send(which + 1, sent.get(which), true);
    }
  }

  private Outcome send(long sequence, SiteHits hits, boolean inDoubt) {
    return recordHits
        .send(redis::send, writer, sequence, Remembered.NOTHING, List.of(hits), inDoubt)
        .toCompletionStage()
        .toCompletableFuture()
        .join();
  }

  private void twoFlushesAtOnce() {
    Uni.join().all(flusher.flush(), flusher.flush()).andFailFast().await().indefinitely();
  }

  private void anotherHistory(int step) {
    Request request =
        Request.cmd(Command.HSET)
            .arg(epochs.key(test.id))
            .arg("history")
            .arg("before step " + step);
    redis.send(request).toCompletionStage().toCompletableFuture().join();
  }
}
