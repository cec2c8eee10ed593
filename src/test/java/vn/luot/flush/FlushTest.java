package vn.luot.flush;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import vn.luot.SiteTest;
import vn.luot.TestSite;
import vn.luot.flush.day.Chunk.Pace;
import vn.luot.flush.day.Days;
import vn.luot.flush.day.Days.FlushKeys;
import vn.luot.flush.day.FlushConfig;
import vn.luot.live.Epochs;
import vn.luot.live.RedisClock;
import vn.luot.live.redis.Keys;
import vn.luot.live.redis.RedisCommands;
import vn.luot.register.Lock;
import vn.luot.register.SiteDay;

@QuarkusTest
class FlushTest extends SiteTest {
  @Inject Flusher flusher;
  @Inject SiteFlush siteFlush;
  @Inject DayClearing clearing;
  @Inject RedisCommands redis;
  @Inject Epochs epochs;
  @Inject FlushConfig config;
  @Inject Days days;

  private Response redis(Command command, Object... args) {
    return redis.send(Request.cmd(command, args)).toCompletionStage().toCompletableFuture().join();
  }

  private String rows() {
    return site.database.table(
        "SELECT 'hours', sum(views), sum(visits) FROM hourly_views WHERE site_id = "
            + site.id
            + " UNION ALL SELECT 'pages', sum(views), 0 FROM page_views WHERE site_id = "
            + site.id
            + " UNION ALL SELECT 'site_total', views, visits FROM site_total WHERE site_id = "
            + site.id
            + " UNION ALL SELECT 'page_total', sum(views), 0 FROM page_total WHERE site_id = "
            + site.id);
  }

  private static final String FOUR = "hours 4 1\npages 4 0\nsite_total 4 1\npage_total 4 0";

  private void count(int hits) {
    for (int i = 0; i < hits; i++) {
      site.hit("/" + i % 2).statusCode(200);
    }
  }

  @Test
  void repeatingAFlushAddsNothing() {
    count(4);
    flusher.flush().await().indefinitely();
    assertEquals(FOUR, rows());
    markEverythingDirty();
    flusher.flush().await().indefinitely();
    assertEquals(FOUR, rows());
  }

  /** As an import of old days does for minutes. */
  @Test
  void aSiteWhoseTurnSomebodyHasHoldsUpNoOther() throws SQLException {
    TestSite another = TestSite.create(postgres);
    try (Connection importing = site.database.connect()) {
      importing.setAutoCommit(false);
      importing.createStatement().execute("SELECT " + Lock.PAGES.of("" + site.id));
      count(4);
      another.hit("/a").statusCode(200);
      Uni<Void> flush = flusher.flush();
      String failure =
          assertThrows(RuntimeException.class, () -> flush.await().indefinitely()) + "";
      assertTrue(failure.contains("lock timeout"), failure);
      assertEquals(
          1, another.database.number("SELECT views FROM site_total WHERE site_id = " + another.id));
    }
    flusher.flush().await().indefinitely();
    assertEquals(FOUR, rows());
  }

  /** Such as those of a page for owners, whatever PostgreSQL is slow in. */
  @Test
  void whoReadsWhileAFlushRunsBeginsNoOther() {
    // That of all sites may take the others' visitors along.
    await().until(this::oneFlushRunsForAllWhoRead);
  }

  private boolean oneFlushRunsForAllWhoRead() throws SQLException {
    freshSite();
    count(1);
    String waiting =
        "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE"
            + " '%FROM daily_visitors%'";
    try (Connection slow = site.database.connect()) {
      slow.setAutoCommit(false);
      slow.createStatement().execute("LOCK TABLE daily_visitors IN ACCESS EXCLUSIVE MODE");
      for (int i = 0; i < 3; i++) {
        siteFlush.flush(site.id).await().indefinitely();
      }
      // One may be that of all sites.
      return site.database.number(waiting) <= 2;
    }
  }

  /** They are flushed once a minute; a province of sites at rest costs nothing meanwhile. */
  @Test
  void whereOnlyVisitorsWaitNothingElseIsLookedFor() {
    // Once a minute they are taken along.
    await().until(this::looksForNothingElse);
  }

  private boolean looksForNothingElse() {
    freshSite();
    count(1);
    flusher.flush().await().indefinitely();
    if (!dirty().contains(":" + site.id + ":")) {
      return false;
    }
    long scans = scans();
    flusher.flush().await().indefinitely();
    return scans() == scans;
  }

  private String dirty() {
    return redis(Command.SMEMBERS, Keys.dirty(Keys.bucket(site.id))).toString();
  }

  private long scans() {
    String calls = redis(Command.INFO, "commandstats").toString();
    return Pattern.compile("cmdstat_[sh]scan:calls=(\\d+)")
        .matcher(calls)
        .results()
        .mapToLong(found -> Long.parseLong(found.group(1)))
        .sum();
  }

  @Test
  void aDayThatIsDroppedEarlyIsNotOpenedAgainInItsEpoch() {
    count(3);
    flusher.flush().await().indefinitely();
    // As where its deletion is undone by a PostgreSQL restored from before.
    await().until(() -> clearing.clearSite(site.id).await().indefinitely());
    count(1);
    flusher.flush().await().indefinitely();
    assertEquals(
        "4", site.database.table("SELECT views FROM site_total WHERE site_id = " + site.id));
  }

  /** As of a memory that was put back, and of another copy of it that runs too. */
  @Test
  void aRedisThatDoesNotKnowTheLastFlushOfItsEpochBeginsAnother() {
    count(4);
    flusher.flush().await().indefinitely();
    long first = epoch();
    site.database.execute("UPDATE epoch_flush SET mark = 1 WHERE epoch = " + first);
    count(1);
    flusher.flush().await().indefinitely();
    count(1);
    flusher.flush().await().indefinitely();
    assertNotEquals(first, epoch());
    assertEquals(
        "6", site.database.table("SELECT views FROM site_total WHERE site_id = " + site.id));
  }

  /** Of another start, and of before the last flushes: as after a restore while Redis was full. */
  @Test
  void aFullRedisIsFreedIntoARestoredPostgres() {
    count(4);
    flusher.flush().await().indefinitely();
    count(4);
    site.database.execute("UPDATE epoch_flush SET mark = 1 WHERE epoch = " + epoch());
    redis(Command.SET, FlushKeys.postgres(), 1);
    redis(Command.SET, FlushKeys.marks(), "2 ");
    try {
      redis(Command.CONFIG, "SET", "maxmemory", "1");
      flusher.flush().await().indefinitely();
    } finally {
      redis(Command.CONFIG, "SET", "maxmemory", "0");
      // A flush of the pod's own may have left a mark that was overwritten above: any is right
      // again.
      redis(Command.DEL, FlushKeys.postgres());
      flusher.flush().await().indefinitely();
    }
    assertEquals(
        "8", site.database.table("SELECT views FROM site_total WHERE site_id = " + site.id));
  }

  @Test
  void aPostgresThatWasPutBackBeginsNoEpoch() {
    // A flush of the pod's own may come in between.
    await().until(this::staysInItsEpochWhilePostgresIsPutBack);
  }

  private boolean staysInItsEpochWhilePostgresIsPutBack() {
    count(1);
    flusher.flush().await().indefinitely();
    long first = epoch();
    site.database.execute("UPDATE epoch_flush SET mark = 1 WHERE epoch = " + first);
    redis(Command.DEL, FlushKeys.postgres());
    count(1);
    flusher.flush().await().indefinitely();
    count(1);
    return epoch() == first;
  }

  @Test
  void hitsOfSeveralSitesAreOfOneEpoch() {
    TestSite other = TestSite.create(postgres);
    count(1);
    long first = epoch();
    for (int i = 0; i < 10; i++) {
      count(1);
      other.hit("/");
    }
    assertEquals(first, epoch());
  }

  /** As where Redis was put back from a backup older than they are kept. */
  @Test
  void aDayWhoseDetailsAreSummedUpIsNotMergedAgain() {
    count(4);
    flusher.flush().await().indefinitely();
    site.database.execute(
        "INSERT INTO detail_kept VALUES (%d, current_date + 2)".formatted(site.id));
    count(2);
    markEverythingDirty();
    flusher.flush().await().indefinitely();
    assertEquals(FOUR, rows());
  }

  @Test
  void aTurnThatLastsForHoursSinceRedissClockWentBackIsTaken() {
    long now = System.currentTimeMillis();
    redis(Command.SET, FlushKeys.flushing(), "a pod of before", "PX", 3_600_000);
    await().until(() -> redis(Command.GET, FlushKeys.flushed()).toLong() > now);
  }

  @Test
  void aPodWhoseClockIsAheadDropsNoDay() {
    count(2);
    flusher.flush().await().indefinitely();
    RedisClock ahead = new RedisClock(Clock.offset(Clock.systemUTC(), Duration.ofDays(5)));
    new DayClearing(redis, days, config, ahead, epochs).clear().await().indefinitely();
    count(2);
    flusher.flush().await().indefinitely();
    assertEquals(FOUR, rows());
  }

  @Test
  void twoFlushesAtOnceAddNothing() {
    count(4);
    Uni.join()
        .all(flusher.flush(), flusher.flush(), flusher.flush())
        .andFailFast()
        .await()
        .indefinitely();
    assertEquals(FOUR, rows());
    long first = epoch();
    count(1);
    assertEquals(first, epoch());
  }

  @Test
  void whatWaitsInEverydayOperationIsTakenInSmallChunksWithRests() {
    for (int i = 0; i < 600; i++) {
      site.hit("/" + i).statusCode(200);
    }
    flusher.flush().await().indefinitely();
    String pages = "SELECT count(*), sum(views) FROM page_views WHERE site_id = " + site.id;
    assertEquals("600 600", site.database.table(pages));
    assertEquals(0, dirtyMarks());
    Pace gentle = flusher.pace(config.gentleUpTo());
    assertEquals(config.gentleBatchSize(), gentle.chunk());
    long begin = System.nanoTime();
    gentle.rest().get().await().indefinitely();
    assertTrue(System.nanoTime() - begin >= config.gentleRest().toNanos());
  }

  @Test
  void whereMuchWaitsChunksAreLarge() {
    assertEquals(config.batchSize(), flusher.pace(config.gentleUpTo() + 1).chunk());
  }

  @Test
  void aFlushedRegisterIsCleanUntilItChanges() {
    count(4);
    flusher.flush().await().indefinitely();
    assertEquals(0, dirtyMarks());
    // Between a hit and the look may be a flush of the schedule: then once more.
    await()
        .until(
            () -> {
              count(1);
              return dirtyMarks() > 0;
            });
  }

  /** Visitors are flushed less often, so their mark may stay. */
  private long dirtyMarks() {
    long marks = 0;
    for (Response mark : redis(Command.SMEMBERS, Keys.dirty(Keys.bucket(site.id)))) {
      String[] parts = mark.toString().split(":");
      marks += parts[1].equals("" + site.id) && !parts[3].equals("visitors") ? 1 : 0;
    }
    return marks;
  }

  private void markEverythingDirty() {
    String day = today();
    for (String hour :
        site.database
            .table(
                "SELECT extract(epoch FROM hour)::bigint FROM hourly_views WHERE site_id = "
                    + site.id)
            .split("\n")) {
      redis(
          Command.SADD,
          Keys.dirty(Keys.bucket(site.id)),
          epoch() + ":" + site.id + ":" + day + ":" + hour);
    }
    for (String page :
        site.database.table("SELECT page FROM page_views WHERE site_id = " + site.id).split("\n")) {
      redis(
          Command.SADD,
          Keys.dirtyPages(new SiteDay(epoch(), site.id, LocalDate.ofEpochDay(Long.parseLong(day)))),
          page);
    }
  }

  private long epoch() {
    return epochs.of(site.id);
  }

  private String today() {
    return site.database.table(
        "SELECT DISTINCT day - date '1970-01-01' FROM hourly_views WHERE site_id = " + site.id);
  }

  @Test
  void adayThatIsOverAndFlushedLeavesRedis() {
    LocalDate past = LocalDate.of(2026, 1, 2);
    String mark = new SiteDay(7, site.id, past).mark();
    String page = Keys.pages(new SiteDay(7, site.id, past), 9);
    redis(Command.SADD, Keys.days(Keys.bucket(site.id)), mark);
    redis(Command.HSET, Keys.day(new SiteDay(7, site.id, past)), "views", 3);
    redis(Command.HSET, page, 9, 3);
    redis(Command.SETBIT, Keys.shards(new SiteDay(7, site.id, past)), 9, 1);
    redis(Command.SADD, Keys.dirtyPages(new SiteDay(7, site.id, past)), 9);
    clearing.clear().await().indefinitely();
    assertEquals(1, redis(Command.EXISTS, page).toInteger(), "not flushed, so it stays");
    redis(Command.DEL, Keys.dirtyPages(new SiteDay(7, site.id, past)));
    clearing.clear().await().indefinitely();
    assertEquals(
        0,
        redis(
                Command.EXISTS,
                page,
                Keys.day(new SiteDay(7, site.id, past)),
                Keys.shards(new SiteDay(7, site.id, past)))
            .toInteger());
    assertEquals(0, redis(Command.SISMEMBER, Keys.days(Keys.bucket(site.id)), mark).toInteger());
  }

  @Test
  void aDayOfManyShardsLeavesRedisWhole() {
    LocalDate past = LocalDate.of(2026, 1, 2);
    redis(Command.SADD, Keys.days(Keys.bucket(site.id)), new SiteDay(7, site.id, past).mark());
    redis(Command.HSET, Keys.day(new SiteDay(7, site.id, past)), "views", 300);
    for (int shard = 0; shard < 300; shard++) {
      redis(Command.HSET, Keys.pages(new SiteDay(7, site.id, past), shard), shard, 1);
      redis(Command.SETBIT, Keys.shards(new SiteDay(7, site.id, past)), shard, 1);
    }
    clearing.clear().await().indefinitely();
    String itsKeys =
        Keys.day(new SiteDay(7, site.id, past)).replace("{", "\\{").replaceAll("day$", "*");
    assertEquals(0, redis(Command.KEYS, itsKeys).size());
  }

  @Test
  void distinctVisitorsStayAsLongAsThoseOfAnotherEpochOfTheDayAreNotFlushed() {
    LocalDate past = LocalDate.of(2026, 1, 2);
    String visitors = Keys.visitors(site.id, past);
    String waits = new SiteDay(8, site.id, past).mark() + ":visitors";
    for (int epoch = 7; epoch <= 8; epoch++) {
      redis(
          Command.SADD, Keys.days(Keys.bucket(site.id)), new SiteDay(epoch, site.id, past).mark());
      redis(Command.HSET, Keys.day(new SiteDay(epoch, site.id, past)), "views", 1);
    }
    redis(Command.PFADD, visitors, "somebody");
    redis(Command.SADD, Keys.dirty(Keys.bucket(site.id)), waits);
    clearing.clear().await().indefinitely();
    assertEquals(0, redis(Command.EXISTS, Keys.day(new SiteDay(7, site.id, past))).toInteger());
    assertEquals(1, redis(Command.EXISTS, visitors).toInteger());
    redis(Command.SREM, Keys.dirty(Keys.bucket(site.id)), waits);
    clearing.clear().await().indefinitely();
    assertEquals(0, redis(Command.EXISTS, visitors).toInteger());
  }

  @Test
  void distinctVisitorsThatWereDroppedDoNotComeBack() {
    count(1);
    flusher.flush(site.id).await().indefinitely();
    LocalDate today = LocalDate.ofEpochDay(Long.parseLong(today()));
    String dirty = new SiteDay(epoch(), site.id, today).mark() + ":visitors";
    redis(Command.DEL, Keys.visitors(site.id, today));
    redis(Command.SADD, Keys.dirty(Keys.bucket(site.id)), dirty);
    flusher.flush(site.id).await().indefinitely();
    assertEquals(0, redis(Command.EXISTS, Keys.visitors(site.id, today)).toInteger());
    assertEquals(
        "1", site.database.table("SELECT visitors FROM daily_visitors WHERE site_id = " + site.id));
    assertEquals(0, redis(Command.SISMEMBER, Keys.dirty(Keys.bucket(site.id)), dirty).toInteger());
  }

  @Test
  void whatHasVisitsAndNoViewsIsFlushedAgainToo() {
    LocalDate past = LocalDate.of(2026, 1, 2);
    long hour = past.toEpochDay() * 86_400;
    redis(Command.SADD, Keys.days(Keys.bucket(site.id)), new SiteDay(7, site.id, past).mark());
    redis(Command.HSET, Keys.day(new SiteDay(7, site.id, past)), "visits", 2, "n" + hour, 2);
    redis(Command.HSET, Keys.pages(new SiteDay(7, site.id, past), 9), "n9", 2);
    redis(Command.SETBIT, Keys.shards(new SiteDay(7, site.id, past)), 9, 1);
    redis(Command.DEL, FlushKeys.repeated());
    flusher.flush().await().indefinitely();
    await()
        .untilAsserted(
            () ->
                assertEquals(
                    "2 2",
                    site.database.table(
                        "SELECT (SELECT sum(visits) FROM hourly_views WHERE site_id = "
                            + site.id
                            + "), (SELECT sum(visits) FROM page_views WHERE site_id = "
                            + site.id
                            + ")")));
  }

  @Test
  void aSiteThatIsGoneLeavesNoState() {
    count(1);
    assertEquals(1, redis(Command.EXISTS, Keys.state(site.id)).toInteger());
    clearing.clearSite(site.id).await().indefinitely();
    assertEquals(0, redis(Command.EXISTS, Keys.state(site.id)).toInteger());
  }

  private ValidatableResponse counters() {
    return given().header("Origin", TestSite.ORIGIN).get(site.path("counters")).then();
  }

  @Test
  void distinctVisitorsDoNotGoBackWhenRedisWasEmptied() {
    count(4);
    site.awaitFlushed(4);
    counters().body("visitors.today", equalTo(1));
    LocalDate today = LocalDate.ofEpochDay(Long.parseLong(today()));
    redis(
        Command.DEL, Keys.day(new SiteDay(epoch(), site.id, today)), Keys.visitors(site.id, today));
    redis(Command.DEL, epochs.key(site.id));
    await()
        .pollInterval(Duration.ofMillis(200))
        .during(Duration.ofSeconds(1))
        .untilAsserted(
            () -> counters().body("views.today", equalTo(4)).body("visitors.today", equalTo(1)));
  }

  @Test
  void whatWasFlushedBeforeIsShownOnTopOfANewEpoch() {
    count(4);
    site.awaitFlushed(4);
    redis(Command.HSET, epochs.key(site.id), "history", "of another Redis");
    site.hit("/0").body("views.total", equalTo(5)).body("page.views", equalTo(3));
    site.awaitFlushed(5);
  }
}
