package vn.luot.admin.upkeep;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import vn.luot.TestSite;
import vn.luot.live.RedisClock;
import vn.luot.live.redis.Keys;
import vn.luot.live.redis.RedisCommands;
import vn.luot.register.SiteDay;
import vn.luot.standalone.Postgres;

@QuarkusTest
class RetentionTest {
  private static final LocalDate TODAY = LocalDate.now(ZoneId.of("Asia/Ho_Chi_Minh"));

  @Inject Retention retention;
  @Inject RedisCommands redis;
  @Inject RedisClock clock;

  Postgres postgres;
  TestSite site;

  /** Twenty days, of which ten are kept; 2 pages, 2 epochs, 3 hours a day. */
  @BeforeEach
  void twentyDays() {
    site = TestSite.create(postgres, "\"detailDays\":10");
    site.database.execute(
        """
        INSERT INTO page VALUES (%1$d, 1, '/a', NULL, now()), (%1$d, 2, '/b', NULL, now());
        INSERT INTO page_views (site_id, day, page, epoch, views)
        SELECT %1$d, date '%2$s' - d, p, e, p FROM generate_series(1, 20) AS d,
          generate_series(1, 2) AS p, generate_series(7, 8) AS e;
        INSERT INTO hourly_views (site_id, day, hour, epoch, views, visits, bots)
        SELECT %1$d, date '%2$s' - d, date '%2$s' - d + make_interval(hours => h), 7, 2, 1, 5
        FROM generate_series(1, 20) AS d, generate_series(1, 3) AS h;
        INSERT INTO referrer_views (site_id, day, host, epoch, views)
        SELECT %1$d, date '%2$s' - d, 'a.example', 7, 1 FROM generate_series(1, 20) AS d;
        """
            .formatted(site.id, TODAY));
  }

  private String totals() {
    return site.database.table(
        """
        SELECT 'pages', (SELECT sum(views) FROM page_total WHERE site_id = %1$d),
               (SELECT sum(views) FROM page_views WHERE site_id = %1$d)
        UNION ALL SELECT 'site', (SELECT views + visits FROM site_total WHERE site_id = %1$d),
               (SELECT sum(views + visits) FROM hourly_views WHERE site_id = %1$d)
        UNION ALL SELECT 'days', count(*), sum(views + visits) FROM daily_total WHERE site_id = %1$d
        UNION ALL SELECT 'bots', 0, sum(bots) FROM hourly_views WHERE site_id = %1$d
        """
            .formatted(site.id));
  }

  private static final String EXACT = "pages 120 120\nsite 180 180\ndays 20 180\nbots 0 300";

  private long count(String table, String condition) {
    return site.database.number(
        "SELECT count(*) FROM " + table + " WHERE site_id = " + site.id + " AND " + condition);
  }

  private void run() {
    retention.removeDue().await().indefinitely();
  }

  private ValidatableResponse get(String call) {
    return site.owners(call);
  }

  @Test
  void detailsGoAndTotalsStay() {
    assertEquals(EXACT, totals());
    run();
    assertEquals(EXACT, totals());
    assertEquals(2, count("page_views", "epoch = 0"), "one row a page");
    assertEquals(40, count("page_views", "epoch <> 0"), "ten days");
    assertEquals(10, count("hourly_views", "epoch = 0"), "one row a day");
    assertEquals(30, count("hourly_views", "epoch <> 0"));
    assertEquals(10, count("referrer_views", "true"));
    run();
    assertEquals(EXACT, totals());
  }

  @Test
  void aPostgresWhoseClockIsAheadRemovesNothingEarly() {
    clock.learn(Clock.systemUTC().millis() - Duration.ofDays(11).toMillis());
    run();
    clock.learn(Clock.systemUTC().millis());
    assertEquals(80, count("page_views", "epoch <> 0"), "twenty days");
  }

  @Test
  void daysThatGoLaterAreAddedToThoseThatWent() {
    run();
    retention.removeBefore(site.id, TODAY.minusDays(5)).await().indefinitely();
    assertEquals(EXACT, totals());
    assertEquals(2, count("page_views", "epoch = 0"));
    assertEquals(20, count("page_views", "epoch <> 0"));
  }

  @Test
  void whatIsShownOfTheSiteStaysTheSame() {
    run();
    get("pages").body("pages.views", contains(80, 40));
    get("series?interval=day&from=%s&to=%s".formatted(TODAY.minusDays(20), TODAY.minusDays(1)))
        .body("points", hasSize(20))
        .body("points.value.sum()", equalTo(120));
    get("series?metric=bots&interval=day&from=%s&to=%s".formatted(TODAY.minusDays(20), TODAY))
        .body("points.value.sum()", equalTo(300));
    get("pages?from=" + TODAY.minusDays(20))
        .body("detailFrom", equalTo(TODAY.minusDays(10).toString()))
        .body("pages.views", contains(40, 20));
    String day = TODAY.minusDays(15).toString();
    get("series?interval=hour&from=%1$s&to=%1$s".formatted(day))
        .body("points.value.unique()", contains((Object) null));
    site.asPage().get(site.path("counters")).then().body("views.total", equalTo(120));
  }

  @Test
  void aDayThatRedisStillHoldsIsNotTouched() {
    LocalDate held = TODAY.minusDays(15);
    redis
        .send(
            Request.cmd(
                Command.SADD,
                Keys.days(Keys.bucket(site.id)),
                new SiteDay(7, site.id, held).mark()))
        .toCompletionStage()
        .toCompletableFuture()
        .join();
    run();
    assertEquals(60, count("page_views", "epoch <> 0"), "fifteen days");
    redis
        .send(
            Request.cmd(
                Command.SREM,
                Keys.days(Keys.bucket(site.id)),
                new SiteDay(7, site.id, held).mark()))
        .toCompletionStage()
        .toCompletableFuture()
        .join();
    assertEquals(EXACT, totals());
  }

  @Test
  void aSiteThatKeepsEverythingKeepsIt() {
    site.database.execute(
        "UPDATE site SET rules = rules || '{\"detailDays\":null}' WHERE id = " + site.id);
    run();
    assertEquals(80, count("page_views", "epoch <> 0"));
  }

  @Test
  void aRowThatIsDeletedByHandLeavesTheTotals() {
    site.database.execute("DELETE FROM page_views WHERE page = 2 AND site_id = " + site.id);
    site.database.execute(
        "DELETE FROM hourly_views WHERE day = '%s' AND site_id = %d"
            .formatted(TODAY.minusDays(1), site.id));
    assertEquals("pages 40 40\nsite 171 171\ndays 20 171\nbots 0 285", totals());
  }

  /** Whether or not another address of the site is entered. */
  @Test
  void whoRemovedAnAddressIsForgottenAfterAYear() {
    site.database.execute(
        """
        INSERT INTO report_mail (site_id, address, language, added_by, added_at, month, removed_at)
        SELECT %1$d, d || '@a.example', 'vi', 'test', now(), date '2020-01-01', now() - make_interval(days => d)
        FROM unnest(ARRAY[364, 367]) AS d
        UNION ALL SELECT %1$d, 'b@a.example', 'vi', 'test', now() - interval '2 years', '2020-01-01', NULL
        """
            .formatted(site.id));
    run();
    assertEquals(
        "364@a.example\nb@a.example",
        site.database.table(
            "SELECT address FROM report_mail WHERE site_id = %d ORDER BY 1".formatted(site.id)));
  }
}
