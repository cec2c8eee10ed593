package vn.luot.live.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import vn.luot.SampleSender;
import vn.luot.SampleSite;
import vn.luot.live.Epochs;
import vn.luot.live.ReadSite;
import vn.luot.live.RedisClock;
import vn.luot.live.SiteNumbers;
import vn.luot.live.record.RecordHits.Outcome;
import vn.luot.live.record.RecordHits.Remembered;
import vn.luot.live.record.SiteHits.Standing;
import vn.luot.live.redis.Keys;
import vn.luot.live.redis.RedisCommands;
import vn.luot.live.redis.RedisTopology;
import vn.luot.site.Site;
import vn.luot.site.page.Page;
import vn.luot.visitor.Sender.Visitor;

/** Who is online and whose visit goes on, while seconds of a real Redis pass. */
@QuarkusTest
class PresentVisitorsTest {
  private static final Page PAGE = Page.of("/a");
  private static final int WINDOW = 1;
  private static final int GAP = 2;
  private static final int ROUNDS = 40;

  @Inject RedisCommands redis;
  @Inject Epochs epochs;
  @Inject RedisClock clock;
  @Inject NamedPages named;
  @Inject RedisTopology topology;
  @Inject ReadSite readSite;

  private final String writer = UUID.randomUUID().toString();
  private long sequence;

  private final int id = SampleSite.counting(0).id();

  private Site watching(int window, int gap) {
    return SampleSite.watching(id, window, gap);
  }

  private static <T> T done(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }

  private Response redis(Command command, Object... args) {
    return done(redis.send(Request.cmd(command, args)));
  }

  private SiteNumbers record(SiteHits hits) {
    RecordHits recordHits = new RecordHits(Limits.WIDE, epochs, clock, named, topology);
    sequence++;
    Outcome outcome =
        done(
            recordHits.send(
                redis::send, writer, sequence, Remembered.NOTHING, List.of(hits), false));
    while (!outcome.recorded()) {
      outcome =
          done(
              recordHits.send(
                  redis::send, writer, sequence, Remembered.NOTHING, List.of(hits), false));
    }
    return outcome.sites().get(0);
  }

  private SiteNumbers view(Site site, int... visitors) {
    SiteHits hits = new SiteHits(site);
    for (int visitor : visitors) {
      see(hits, visitor, true);
    }
    return record(hits);
  }

  private static void see(SiteHits hits, int id, boolean viewing) {
    Visitor visitor = new Visitor(id + 1, 0, "Other");
    if (viewing) {
      hits.view(PAGE, null, SampleSender.of(visitor), Standing.ORDINARY, null);
    }
    hits.see(visitor, viewing ? PAGE : null);
  }

  /** As if Redis had been in use for long: an emptied Redis is not sure who is online. */
  private void useRedisFor(Site site) {
    record(new SiteHits(site));
    redis(Command.HSET, epochs.key(site.id()), "emptied", 0);
  }

  /** What the script should say, reckoned from who was seen in which second of Redis. */
  private static final class Reference {
    final Map<Integer, Long> lastSeen = new HashMap<>();
    final Map<Integer, Boolean> viewed = new HashMap<>();
    long visits;

    void see(int visitor, boolean viewing, long now) {
      boolean recently = now - lastSeen.getOrDefault(visitor, -1_000_000L) < GAP;
      boolean visiting = recently && viewed.get(visitor);
      visits += viewing && !visiting ? 1 : 0;
      viewed.put(visitor, viewing || visiting);
      lastSeen.put(visitor, now);
    }

    long online(long now) {
      return lastSeen.values().stream().filter(second -> second >= now - WINDOW).count();
    }
  }

  /** With so much of it left that what follows falls into it. */
  private long second() throws InterruptedException {
    Response time = redis(Command.TIME);
    if (time.get(1).toLong() < 800_000) {
      return time.get(0).toLong();
    }
    Thread.sleep(250);
    return second();
  }

  private long time() {
    return redis(Command.TIME).get(0).toLong();
  }

  @Test
  void theNumbersAreThoseOfWhoWasSeenWhen() throws InterruptedException {
    Site site = watching(WINDOW, GAP);
    useRedisFor(site);
    Reference reference = new Reference();
    Random random = new Random(8);
    long most = 0;
    // Nobody comes for a while, for longer than the window, for longer than a visit lasts.
    for (int silence : new int[] {1, WINDOW + 1, GAP + 1, 0}) {
      for (int round = 0; round < ROUNDS; round++) {
        Thread.sleep(20);
        List<Map.Entry<Integer, Boolean>> seen = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          int visitor = (int) Math.abs(random.nextGaussian() * 40);
          seen.add(Map.entry(visitor, random.nextInt(3) > 0));
        }
        long now;
        SiteNumbers numbers;
        SiteNumbers read;
        // On a busy machine the second may end meanwhile: then the same visitors come again.
        do {
          now = second();
          SiteHits hits = new SiteHits(site);
          hits.ask(PAGE);
          for (Map.Entry<Integer, Boolean> one : seen) {
            see(hits, one.getKey(), one.getValue());
            reference.see(one.getKey(), one.getValue(), now);
          }
          numbers = record(hits);
          read = read(site);
        } while (time() != now);
        assertEquals(reference.online(now), numbers.online().known());
        assertEquals(reference.visits, numbers.dayVisits());
        assertEquals(reference.online(now), read.online().known());
        most = Math.max(most, numbers.online().known());
      }
      Thread.sleep(1000L * silence);
    }
    assertTrue(most > 10 && reference.visits > most, most + " online, " + reference.visits);
  }

  private SiteNumbers read(Site site) {
    return done(readSite.read(site, List.of())).numbers();
  }

  @Test
  void readingLeavesOutWhoLeftMeanwhile() throws InterruptedException {
    Site site = watching(1, 3600);
    useRedisFor(site);
    boolean late;
    List<Long> online = new ArrayList<>();
    // On a busy machine the first may have left before the second is there: then once more.
    do {
      online.clear();
      long first = time();
      view(site, 1);
      Thread.sleep(1100);
      long second = time();
      online.add(view(site, 2).online().known());
      late = time() - first > 1;
      Thread.sleep(1100);
      online.add(read(site).online().known());
      late |= time() - second > 1;
    } while (late);
    Thread.sleep(1100);
    online.add(read(site).online().known());
    assertEquals(List.of(2L, 1L, 0L), online);
  }

  @Test
  void whoWasSeenBeforeTheWindowWasChangedIsOnlineWhenSeenAgain() throws InterruptedException {
    useRedisFor(watching(300, 3600));
    assertEquals(3, view(watching(300, 3600), 1, 2, 3).online().known());
    Thread.sleep(1100);
    Site wider = watching(600, 3600);
    assertEquals(1, view(wider, 2).online().known());
    SiteNumbers all = view(wider, 1, 2, 3);
    assertEquals(3, all.online().known());
    assertEquals(3, all.dayVisits(), "all visits go on");
  }

  @Test
  void theWindowMayChangeInTheSecondInWhichSomebodyWasSeen() throws InterruptedException {
    useRedisFor(watching(300, 3600));
    second();
    view(watching(300, 3600), 1, 2);
    assertEquals(2, view(watching(600, 3600), 1, 2).online().known());
  }

  @Test
  void moreVisitorsThanTheLimitAreNotRemembered() {
    Site site = watching(300, 1800);
    useRedisFor(site);
    int most = Limits.WIDE.visitorsPresent();
    view(site, IntStream.range(0, most / 2).toArray());
    assertEquals(most, view(site, IntStream.range(most / 2, most + 5).toArray()).online().known());
    assertEquals(most, view(site, most, most + 10).online().known());
    assertEquals(most, view(site, 0, most - 1).dayVisits());
  }

  @Test
  void anIdleSiteIsForgotten() {
    Site site = watching(300, 1800);
    useRedisFor(site);
    view(site, 1);
    for (String key : List.of(Keys.present(id, 0))) {
      long left = redis(Command.TTL, key).toLong();
      assertTrue(left > 1700 && left <= 3600, key + " expires in " + left + " s");
    }
  }
}
