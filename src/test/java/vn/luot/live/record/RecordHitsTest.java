package vn.luot.live.record;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import vn.luot.SampleSender;
import vn.luot.SampleSite;
import vn.luot.live.Epochs;
import vn.luot.live.RedisClock;
import vn.luot.live.SiteNumbers;
import vn.luot.live.record.RecordHits.Outcome;
import vn.luot.live.record.RecordHits.Remembered;
import vn.luot.live.record.SiteHits.Standing;
import vn.luot.live.redis.Keys;
import vn.luot.live.redis.LiveConfig;
import vn.luot.live.redis.RedisCommands;
import vn.luot.register.SiteDay;
import vn.luot.site.Site;
import vn.luot.site.page.Measure;
import vn.luot.site.page.Page;
import vn.luot.visitor.Sender.Visitor;

/** The script on a real Redis. Sites here are registered nowhere, and their numbers are random. */
@QuarkusTest
class RecordHitsTest {
  private static final Visitor AN = new Visitor(1, 0, "Other");
  private static final Page A = Page.of("/a");

  @Inject RecordHits recordHits;
  @Inject RedisCommands redis;
  @Inject Epochs epochs;
  @Inject LiveConfig config;
  @Inject RedisClock clock;

  private final Site site = SampleSite.counting(0);
  private final String writer = UUID.randomUUID().toString();

  private Response redis(Command command, Object... args) {
    return redis.send(Request.cmd(command, args)).toCompletionStage().toCompletableFuture().join();
  }

  private Outcome send(long sequence, boolean inDoubt, SiteHits hits) {
    return send(sequence, Remembered.NOTHING, inDoubt, hits);
  }

  private Outcome send(long sequence, Remembered remembered, boolean inDoubt, SiteHits hits) {
    return recordHits
        .send(redis::send, writer, sequence, remembered, List.of(hits), inDoubt)
        .toCompletionStage()
        .toCompletableFuture()
        .join();
  }

  /** As if Redis had been in use for long: an emptied Redis is not sure who is online. */
  @BeforeEach
  void useRedis() {
    send(0, false, new SiteHits(site));
    redis(Command.HSET, epochs.key(site.id()), "emptied", 0);
    redis(Command.DEL, Keys.state(site.id()));
  }

  /** As the batcher does: again where nothing was written. */
  private SiteNumbers record(long sequence, SiteHits hits) {
    Outcome outcome = send(sequence, false, hits);
    return (outcome.recorded() ? outcome : send(sequence, false, hits)).sites().get(0);
  }

  private SiteHits viewOf(Page page, Visitor visitor) {
    SiteHits hits = new SiteHits(site);
    hits.view(page, "Title", SampleSender.of(visitor), Standing.ORDINARY, null);
    hits.see(visitor, page);
    return hits;
  }

  private SiteHits heartbeatOf(Visitor visitor) {
    SiteHits hits = new SiteHits(site);
    hits.see(visitor, null);
    return hits;
  }

  @Test
  void aRepeatedSequenceIsCountedOnceAndAnsweredAlike() {
    SiteNumbers first = record(1, withDownload(viewOf(A, AN)));
    Outcome second = send(1, true, withDownload(again(first)));
    assertTrue(second.recorded() && second.repeated());
    assertEquals(1, second.sites().get(0).dayViews());
    assertEquals(Map.of(A, 1L, A.counting(Measure.DOWNLOADS), 1L), second.sites().get(0).pages());
    assertEquals(first.pages(), second.sites().get(0).pages());
    List<Response> fields =
        List.copyOf(redis(Command.HKEYS, Keys.day(first.day())).stream().toList());
    String hour =
        fields.stream().map(Response::toString).filter(f -> f.matches("d[0-9]+")).findFirst().get();
    assertEquals("1", redis(Command.HGET, Keys.day(first.day()), hour).toString());
  }

  /** Without a write, WAIT on the connection it is repeated on would have nothing to wait for. */
  @Test
  void aRepeatedSequenceWritesSoThatAReplicaIsWaitedFor() {
    SiteNumbers first = record(1, viewOf(A, AN));
    redis(Command.EXPIRE, Keys.writer(0, writer), 60);
    assertTrue(send(1, true, again(first)).repeated());
    assertTrue(redis(Command.TTL, Keys.writer(0, writer)).toInteger() > 60);
  }

  private SiteHits withDownload(SiteHits hits) {
    hits.view(A.counting(Measure.DOWNLOADS), null, SampleSender.of(AN), Standing.ORDINARY, null);
    return hits;
  }

  private SiteHits again(SiteNumbers first) {
    SiteHits hits = viewOf(A, AN);
    hits.epoch = first.day().epoch();
    return hits;
  }

  @Test
  void anotherHistoryOpensAnEpochAndWritesNothingElse() {
    SiteNumbers before = record(1, viewOf(A, AN));
    redis(Command.HSET, epochs.key(site.id()), "history", "of another Redis");
    Outcome refused = send(2, false, viewOf(A, AN));
    assertFalse(refused.recorded());
    assertTrue(refused.epochChanged());
    SiteNumbers after = record(2, viewOf(A, AN));
    assertTrue(after.day().epoch() != before.day().epoch());
    assertEquals(1, after.dayViews());
    assertEquals(before.day().epoch(), epochs.before(site.id()));
  }

  @Test
  void aRedisThatForgotWhatItRecordedOpensAnEpoch() {
    SiteNumbers before = record(5, viewOf(A, AN));
    redis(Command.SET, Keys.writer(0, writer), 4);
    Remembered remembered = new Remembered(before.day().epoch(), 5);
    assertTrue(send(6, remembered, false, viewOf(A, AN)).epochChanged());
    Outcome after = send(6, remembered, false, viewOf(A, AN));
    assertEquals(1, after.sites().get(0).dayViews());
  }

  @Test
  void aBatchInDoubtIsNotRecordedByARedisThatForgotItsWriter() {
    SiteHits hits = viewOf(A, AN);
    record(5, hits);
    redis(Command.DEL, Keys.writer(0, writer));
    Outcome resent = send(5, true, hits);
    assertTrue(!resent.recorded() && resent.epochChanged());
  }

  @Test
  void aClockThatWentBackBehindADropOpensAnEpoch() {
    record(1, viewOf(A, AN));
    redis(Command.HSET, epochs.key(site.id()), "dropped", clock.millis() + 3_600_000);
    assertTrue(send(2, false, viewOf(A, AN)).epochChanged());
    assertEquals(1, record(2, viewOf(A, AN)).dayViews());
    assertFalse(send(3, false, viewOf(A, AN)).epochChanged());
  }

  @Test
  void anAttemptInDoubtStaysBoundToItsEpoch() {
    SiteHits hits = viewOf(A, AN);
    record(1, hits);
    redis(Command.HSET, epochs.key(site.id()), "history", "of another Redis");
    record(2, viewOf(A, AN));
    Outcome resent = send(3, true, hits);
    assertFalse(resent.recorded());
    assertTrue(resent.epochChanged());
  }

  @Test
  void aHeartbeatKeepsOnlineAndBeginsNoVisit() {
    assertEquals(1, record(1, heartbeatOf(AN)).online().known());
    SiteNumbers viewed = record(2, viewOf(A, AN));
    assertEquals(1, viewed.dayViews());
    assertEquals(1, viewed.dayVisits());
    assertEquals(1, record(3, viewOf(A, AN)).dayVisits());
  }

  @Test
  void aVisitGoesOnOverTheChangeOfSaltAtMidnight() {
    record(1, viewOf(A, AN));
    SiteNumbers next = record(2, viewOf(A, new Visitor(7, AN.id(), "Other")));
    assertEquals(1, next.dayVisits());
    assertEquals(1, next.online().known());
  }

  @Test
  void whoIsOnlineIsNotKnownForAWindowAfterRedisWasEmptied() {
    record(1, viewOf(A, AN));
    redis(Command.DEL, epochs.key(site.id()));
    send(2, false, viewOf(A, AN));
    assertEquals(
        new SiteNumbers.Online(1, false), send(2, false, viewOf(A, AN)).sites().get(0).online());
    long windowAgo = 1000 * (Long.parseLong(redis(Command.TIME).get(0).toString()) - 301);
    redis(Command.HSET, epochs.key(site.id()), "emptied", windowAgo);
    assertEquals(
        new SiteNumbers.Online(1, true), send(3, false, viewOf(A, AN)).sites().get(0).online());
  }

  @Test
  void viewsBeyondTheDaysPagesCountForOther() {
    SiteNumbers first = record(1, viewOf(A, AN));
    redis(Command.HSET, Keys.day(first.day()), "pages", config.pagesPerDay());
    SiteNumbers known = record(2, viewOf(A, AN));
    SiteNumbers other = record(3, viewOf(Page.of("/new"), AN));
    assertEquals(2, known.pages().get(A));
    assertEquals(3, other.dayViews());
    assertTrue(other.pages().isEmpty());
    int shard = Keys.shard(Page.OTHER.key());
    String key = Keys.pages(first.day(), shard);
    assertEquals("1", redis(Command.HGET, key, Page.OTHER.key()).toString());
  }

  @Test
  void everyHourHasItsOwnSums() {
    SiteNumbers first = record(1, viewOf(A, AN));
    String hour = Long.toString(clock.period(site).hour());
    String next = Long.toString(clock.period(site).hour() + 3_600);
    String day = Keys.day(first.day());
    String mark = first.day().mark();
    Response counted = call(view(mark, next), 0).toCompletionStage().toCompletableFuture().join();
    assertEquals(2, counted.get(4).toLong(), "of the day");
    assertEquals(2, record(2, heartbeatOf(AN)).dayViews());
    assertEquals(
        "[2, 1, 1]", redis(Command.HMGET, day, "views", "v" + hour, "v" + next).toString());
  }

  @Test
  void aHitOfAnotherHourWritesNothing() {
    record(1, viewOf(A, AN));
    Response refused = call(heartbeat(1, 0)).toCompletionStage().toCompletableFuture().join();
    assertEquals(0, refused.get(0).toInteger());
    assertEquals(2, record(2, viewOf(A, AN)).dayViews());
  }

  @Test
  void aBatchThatIsNotWhatItShouldBeWritesNothing() {
    record(1, viewOf(A, AN));
    refuses(call(heartbeat(Long.MAX_VALUE >> 10, 1)), "not visitors");
    refuses(call(heartbeat(Long.MAX_VALUE >> 10, 0), 0), "miscounted");
    assertNull(redis(Command.GET, Keys.writer(0, "late")));
    assertEquals(2, record(2, viewOf(A, AN)).dayViews());
  }

  private static void refuses(Future<Response> refused, String why) {
    await().atMost(Duration.ofSeconds(60)).until(refused::isComplete);
    assertTrue(refused.cause().getMessage().contains(why), refused.cause()::getMessage);
  }

  private Future<Response> call(MessagePack batch, int... shards) {
    long epoch = epochs.of(site.id());
    var keys = new ArrayList<>(List.of(Keys.writer(0, "late"), epochs.key(site.id())));
    keys.addAll(List.of(Keys.ofHits(new SiteDay(epoch, site.id(), clock.period(site).day()))));
    keys.add(Keys.pages(new SiteDay(epoch, site.id(), clock.period(site).day()), 0));
    for (int shard : shards) {
      keys.add(Keys.pages(new SiteDay(epoch, site.id(), clock.period(site).day()), shard));
    }
    return RecordHits.script().call(redis::send, keys, List.of(batch.written()));
  }

  /** Valid from the beginning of time; {@code page} is the place of the first page, of none. */
  private MessagePack heartbeat(long until, int page) {
    MessagePack batch = batch(until, "mark", "0", 1, 0);
    return batch.text("late").text("").number(page).text("Other");
  }

  private MessagePack view(String mark, String hour) {
    MessagePack batch = batch(Long.MAX_VALUE >> 10, mark, hour, 0, 1);
    return batch.text("0").number(1).text("");
  }

  /** Up to the visitors and pages of its site, four and three values each. */
  private MessagePack batch(long until, String mark, String hour, int visitors, int pages) {
    MessagePack batch = new MessagePack().list(27 + 4 * visitors + 3 * pages);
    batch.number(1).text("7").number(60).text("0").text("0");
    batch.number(9).number(0).number(9).number(9).number(9);
    batch.text("" + epochs.of(site.id())).text(epochs.installation()).number(0).number(0).number(1);
    batch.number(0).number(until).text(hour).text(mark);
    batch.number(0).number(300).number(1800).number(0);
    return batch.number(visitors).number(pages).number(0).number(0);
  }
}
