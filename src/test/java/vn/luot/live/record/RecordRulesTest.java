package vn.luot.live.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
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
import vn.luot.live.redis.RedisCommands;
import vn.luot.live.redis.RedisTopology;
import vn.luot.register.SiteDay;
import vn.luot.site.Site;
import vn.luot.site.page.Page;
import vn.luot.visitor.Sender.Visitor;
import vn.luot.visitor.SplitMix64;

/** What the script makes of repeated views, robots, landing pages and referrers, and its limits. */
@QuarkusTest
class RecordRulesTest {
  private static final Page A = Page.of("/a");

  @Inject RedisCommands redis;
  @Inject Epochs epochs;
  @Inject RedisClock clock;
  @Inject NamedPages named;
  @Inject RedisTopology topology;

  /** Each test's own: what was viewed is remembered together for all sites with the same time. */
  private final Visitor an = someone();

  private final Visitor binh = someone();
  private final int repeatSeconds = ThreadLocalRandom.current().nextInt(10, 1000);

  private final long repeatMillis = repeatSeconds * 1000L;

  private final Site site = SampleSite.counting(repeatSeconds);
  private final String writer = UUID.randomUUID().toString();
  private long sequence;

  private static Visitor someone() {
    return new Visitor(ThreadLocalRandom.current().nextLong(), 0, "Other");
  }

  private Response redis(Command command, Object... args) {
    return redis.send(Request.cmd(command, args)).toCompletionStage().toCompletableFuture().join();
  }

  private Outcome send(Limits limits, boolean inDoubt, SiteHits... hits) {
    return new RecordHits(limits, epochs, clock, named, topology)
        .send(redis::send, writer, sequence, Remembered.NOTHING, List.of(hits), inDoubt)
        .toCompletionStage()
        .toCompletableFuture()
        .join();
  }

  private Outcome record(Limits limits, SiteHits... hits) {
    sequence++;
    Outcome outcome = send(limits, false, hits);
    return outcome.recorded() ? outcome : send(limits, false, hits);
  }

  private Outcome view(Limits limits, Page page, Visitor visitor, String referrer) {
    SiteHits hits = new SiteHits(site);
    hits.view(page, null, SampleSender.of(visitor), Standing.ORDINARY, referrer);
    if (visitor != null) {
      hits.see(visitor, page);
    }
    return record(limits, hits);
  }

  private long viewsAfter(Page page, Visitor visitor) {
    return view(Limits.WIDE, page, visitor, null).sites().get(0).dayViews();
  }

  private long epoch() {
    return epochs.of(site.id());
  }

  private LocalDate today() {
    return clock.period(site).day();
  }

  /** As if An had viewed the page so long ago. */
  private void viewed(Page page, long millisAgo) {
    Response time = redis(Command.TIME);
    long at = time.get(0).toLong() * 1000 + time.get(1).toLong() / 1000 - millisAgo;
    long slice = at / repeatMillis;
    String key = Keys.viewed(site, topology.isCluster(), (int) (slice % 2));
    Buffer what = Buffer.buffer().appendLong(SplitMix64.of(an.id(), page.key()));
    redis(Command.HSET, key, "s", slice, what, at % repeatMillis);
  }

  @Test
  void aViewRepeatedWithinTheTimeCountsOnceForEachVisitorAndPage() {
    assertEquals(1, viewsAfter(A, an));
    assertEquals(1, viewsAfter(A, an));
    assertEquals(2, viewsAfter(A, binh));
    assertEquals(3, viewsAfter(Page.of("/b"), an));
    assertEquals(4, viewsAfter(A, null), "nobody knows that it is repeated");
    long left =
        Math.max(
            redis(Command.PTTL, Keys.viewed(site, topology.isCluster(), 0)).toLong(),
            redis(Command.PTTL, Keys.viewed(site, topology.isCluster(), 1)).toLong());
    assertTrue(left > repeatMillis && left <= 3 * repeatMillis, left + " ms");
  }

  @Test
  void theTimeIsMeasuredFromTheViewThatCounted() {
    assertEquals(1, viewsAfter(Page.of("/c"), an));
    viewed(A, repeatMillis - 2_000);
    assertEquals(1, viewsAfter(A, an));
    viewed(Page.of("/b"), repeatMillis + 1);
    assertEquals(2, viewsAfter(Page.of("/b"), an));
    assertEquals(2, viewsAfter(Page.of("/b"), an));
  }

  @Test
  void aViewIsRepeatedAlsoWhereItsVisitorWasForgotten() {
    assertEquals(1, viewsAfter(Page.of("/c"), binh));
    viewed(A, repeatMillis - 2_000);
    assertEquals(1, viewsAfter(A, an));
  }

  @Test
  void oneBatchMayRepeatAViewAsWell() {
    SiteHits hits = new SiteHits(site);
    hits.view(A, null, SampleSender.of(an), Standing.ORDINARY, null);
    hits.view(A, null, SampleSender.of(an), Standing.ORDINARY, null);
    hits.view(A, null, SampleSender.of(binh), Standing.ORDINARY, null);
    assertEquals(2, record(Limits.WIDE, hits).sites().get(0).pages().get(A));
    assertEquals(1, hits.repeated());
  }

  @Test
  void aBatchSentAgainSaysOnceMoreWhatWasRepeated() {
    viewsAfter(A, an);
    SiteHits hits = new SiteHits(site);
    hits.view(A, null, SampleSender.of(an), Standing.ORDINARY, null);
    hits.view(A, null, SampleSender.of(binh), Standing.ORDINARY, null);
    assertEquals(1, record(Limits.WIDE, hits).repeatedViews());
    Outcome again = send(Limits.WIDE, true, hits);
    assertTrue(again.repeated());
    assertEquals(1, again.repeatedViews());
    assertEquals(2, again.sites().get(0).dayViews());
  }

  @Test
  void whatIsNotRecordedIsNotRemembered() {
    viewsAfter(Page.of("/b"), an);
    redis(Command.HSET, epochs.key(site.id()), "history", "of another Redis");
    assertEquals(1, viewsAfter(A, an), "refused first, being of the epoch before");
  }

  @Test
  void viewsBeyondThoseRememberedCount() {
    Limits two = new Limits(0, 500, 2);
    for (Page page : List.of(A, Page.of("/b"), Page.of("/c"))) {
      view(two, page, an, null);
    }
    assertEquals(1, view(two, A, an, null).repeatedViews());
    assertEquals(0, view(two, Page.of("/c"), an, null).repeatedViews());
  }

  @Test
  void sitesOfABatchFindTheirOwnViewsRepeated() {
    Site other = SampleSite.counting(repeatSeconds);
    Site slow = SampleSite.counting(2 * repeatSeconds);
    Visitor cuc = someone();
    viewsAfter(A, an);
    String first = repeatedOf(viewOf(other, binh), viewOf(site, an), viewOf(slow, cuc));
    String second = repeatedOf(viewOf(slow, cuc), viewOf(other, cuc), viewOf(site, someone()));
    assertEquals("1 of [1, 1, 1]", first);
    assertEquals("1 of [1, 2, 2]", second);
  }

  @Test
  void eachSiteOfABatchGetsItsOwnHowEverMuchIsSentOfTheOthers() {
    SiteHits robots = new SiteHits(SampleSite.counting(0));
    robots.bot(A);
    SiteHits many = new SiteHits(SampleSite.counting(repeatSeconds));
    for (int i = 0; i < 5; i++) {
      Visitor visitor = someone();
      many.view(
          Page.of("/" + i % 3),
          "Title",
          SampleSender.of(visitor),
          Standing.ORDINARY,
          "host" + i % 2 + ".example");
      many.see(visitor, Page.of("/" + i % 3));
    }
    SiteHits heartbeat = new SiteHits(site);
    heartbeat.see(an, null);
    SiteHits one = new SiteHits(SampleSite.counting(0));
    one.view(A, null, SampleSender.of(null), Standing.ORDINARY, null);
    List<SiteNumbers> sites = record(Limits.WIDE, robots, many, heartbeat, one).sites();
    assertEquals(List.of(0L, 5L, 0L, 1L), sites.stream().map(SiteNumbers::dayViews).toList());
    assertEquals(List.of(0L, 5L, 0L, 0L), sites.stream().map(SiteNumbers::dayVisits).toList());
    assertEquals(
        Map.of(Page.of("/0"), 2L, Page.of("/1"), 2L, Page.of("/2"), 1L), sites.get(1).pages());
    assertEquals(Map.of(A, 1L), sites.get(3).pages());
    String hosts = Keys.referrers(sites.get(1).day());
    assertEquals(
        "[3, 2]", redis(Command.HMGET, hosts, "host0.example", "host1.example").toString());
  }

  /** By turns, so that what one of them remembers would show in another. */
  @Test
  void sitesWithAnotherTimeAndQuarantinesRememberTheirOwnInOneBatch() {
    Site other = SampleSite.counting(repeatSeconds + 1);
    List<Site> sites = List.of(site, other, site.quarantine());
    assertEquals(0, repeatedInTurn(sites, "/1", "/2", "/3"));
    assertEquals(0, repeatedInTurn(sites, "/2", "/3", "/1"));
    assertEquals(3, repeatedInTurn(sites, "/1", "/2", "/3"));
    assertEquals(3, repeatedInTurn(sites, "/2", "/3", "/1"));
  }

  private long repeatedInTurn(List<Site> sites, String... pages) {
    SiteHits[] hits = sites.stream().map(SiteHits::new).toArray(SiteHits[]::new);
    for (int i = 0; i < hits.length; i++) {
      hits[i].view(Page.of(pages[i]), null, SampleSender.of(an), Standing.ORDINARY, null);
    }
    return record(Limits.WIDE, hits).repeatedViews();
  }

  @Test
  void aViewIsNoRepetitionOfOneInQuarantine() {
    viewsAfter(A, an);
    assertEquals("0 of [1]", repeatedOf(viewOf(site.quarantine(), an)));
    assertEquals("1 of [1]", repeatedOf(viewOf(site.quarantine(), an)));
  }

  private static SiteHits viewOf(Site site, Visitor visitor) {
    SiteHits hits = new SiteHits(site);
    hits.view(A, null, SampleSender.of(visitor), Standing.ORDINARY, null);
    return hits;
  }

  private String repeatedOf(SiteHits... hits) {
    Outcome outcome = record(Limits.WIDE, hits);
    return outcome.repeatedViews()
        + " of "
        + outcome.sites().stream().map(SiteNumbers::dayViews).toList();
  }

  @Test
  void aVisitBelongsToThePageItBeganOn() {
    SiteHits hits = new SiteHits(site);
    hits.view(Page.of("/b"), null, SampleSender.of(an), Standing.ORDINARY, null);
    hits.see(an, Page.of("/b"));
    hits.view(A, null, SampleSender.of(an), Standing.ORDINARY, null);
    hits.see(an, A);
    hits.see(binh, null);
    hits.view(A, null, SampleSender.of(binh), Standing.ORDINARY, null);
    hits.see(binh, A);
    record(Limits.WIDE, hits);
    assertEquals("1", visitsOf(A));
    assertEquals("1", visitsOf(Page.of("/b")));
  }

  private String visitsOf(Page page) {
    String shard = Keys.pages(new SiteDay(epoch(), site.id(), today()), Keys.shard(page.key()));
    return String.valueOf(redis(Command.HGET, shard, "n" + page.key()));
  }

  @Test
  void robotsAreCountedByTheHourAndReadThePagesNumber() {
    viewsAfter(A, an);
    SiteHits hits = new SiteHits(site);
    hits.bot(A);
    hits.bot(Page.of("/trap"));
    SiteNumbers numbers = record(Limits.WIDE, hits).sites().get(0);
    assertEquals(
        "1 1 0",
        numbers.dayViews()
            + " "
            + numbers.pages().get(A)
            + " "
            + numbers.pages().get(Page.of("/trap")));
    String day = Keys.day(new SiteDay(epoch(), site.id(), today()));
    assertEquals("2", redis(Command.HGET, day, "b" + clock.period(site).hour()).toString());
    assertEquals("1", redis(Command.HGET, day, "pages").toString());
    assertNull(redis(Command.HGET, Keys.names(site.id()), Page.of("/trap").key()));
  }

  @Test
  void hostsBeyondTheDaysLimitAreOne() {
    Limits two = new Limits(0, 2, 0);
    for (String host : List.of("a.example", "b.example", "c.example", "d.example", "a.example")) {
      view(two, Page.of("/" + UUID.randomUUID()), an, host);
    }
    String key = Keys.referrers(new SiteDay(epoch(), site.id(), today()));
    Response views = redis(Command.HMGET, key, "a.example", "b.example", "c.example", "~other");
    assertEquals("[2, 1, null, 2]", views.toString());
  }

  @Test
  void aRepeatedViewComesFromNowhere() {
    view(Limits.WIDE, A, an, "a.example");
    view(Limits.WIDE, A, an, "a.example");
    String key = Keys.referrers(new SiteDay(epoch(), site.id(), today()));
    assertEquals("1", redis(Command.HGET, key, "a.example").toString());
  }

  @Test
  void newPagesBeyondThoseOfAMinuteCountForOther() {
    Limits three = new Limits(3, 500, 1000);
    for (int i = 0; i < 10; i++) {
      view(three, Page.of("/new/" + i), an, null);
    }
    assertEquals(1, view(three, Page.of("/new/0"), binh, null).sites().get(0).pages().size());
    String day = Keys.day(new SiteDay(epoch(), site.id(), today()));
    long pages = redis(Command.HGET, day, "pages").toLong();
    assertTrue(pages == 3 || pages == 6, pages + " pages, over one or two minutes");
    assertEquals("11", redis(Command.HGET, day, "views").toString());
  }

  private Outcome viewed(String path, Standing standing) {
    SiteHits hits = new SiteHits(site);
    hits.view(Page.of(path), null, SampleSender.of(an), standing, null);
    return record(new Limits(4, 500, 1000), hits);
  }

  @Test
  void whatRoomIsLeftBelongsToPagesThatAreKnownOrAskedForTwice() {
    assertTrue(viewed("/refused", Standing.REFUSED).sites().get(0).pages().isEmpty());
    assertEquals(1, viewed("/first", Standing.KNOWN).sites().get(0).pages().size());
    boolean crowded = false;
    for (int i = 0; i < 8; i++) {
      crowded |= viewed("/made-up/" + i, Standing.ORDINARY).newPages().get(0).crowded();
    }
    assertTrue(crowded);
    assertEquals(
        1, viewed("/first", Standing.REFUSED).sites().get(0).pages().size(), "it is there already");
    assertEquals(1, viewed("/known", Standing.KNOWN).sites().get(0).pages().size());
    assertEquals(1, viewed("/asked/twice", Standing.CONFIRMED).sites().get(0).pages().size());
    for (int i = 0; i < 8; i++) {
      viewed("/asked/" + i, Standing.CONFIRMED);
    }
    String day = Keys.day(new SiteDay(epoch(), site.id(), today()));
    long pages = redis(Command.HGET, day, "pages").toLong();
    assertTrue(pages == 8 || pages == 16, pages + " pages, over one or two minutes");
    assertEquals("20", redis(Command.HGET, day, "views").toString());
  }
}
