package vn.luot.admin.quarantine;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static vn.luot.admin.OperatorKey.asOperator;

import io.quarkus.test.junit.QuarkusTest;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import vn.luot.admin.upkeep.Retention;
import vn.luot.flush.Flusher;
import vn.luot.flush.day.Days.FlushKeys;
import vn.luot.live.redis.RedisCommands;
import vn.luot.standalone.Postgres;

/** What comes, or comes again, after a verdict. */
@QuarkusTest
class SettlementTest {
  @Inject Flusher flusher;
  @Inject RedisCommands redis;
  @Inject SettlementSchedule schedule;
  @Inject Retention retention;

  Postgres postgres;
  QuietSite quiet;

  @BeforeEach
  void quietSite() {
    quiet = new QuietSite(postgres, 7);
  }

  private void burst(int views) {
    quiet.change("{\"quarantineFactor\":2,\"quarantineAbovePerMinute\":2,\"repeatViewSeconds\":0}");
    quiet.list();
    quiet.hits(views, "/a");
    quiet.countedOf(views);
  }

  /** Redis still holds the day, and everything it holds is flushed once more. */
  private void flushAgain() {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              redis
                  .send(Request.cmd(Command.DEL).arg(FlushKeys.repeated()))
                  .toCompletionStage()
                  .toCompletableFuture()
                  .join();
              flusher.flush().await().indefinitely();
              return quiet.site.database.number(
                  "SELECT count(*) FROM page_views WHERE site_id = " + quiet.quarantine);
            },
            rows -> rows > 0);
  }

  @Test
  void flushingAnAdmittedDayOnceMoreAddsNothing() {
    burst(20);
    quiet.letTheDayEnd();
    quiet.judge("admit").statusCode(200);
    quiet.assertSettled(20);
    for (int i = 0; i < 2; i++) {
      flushAgain();
      schedule.settleLate().await().indefinitely();
      quiet.assertSettled(20);
    }
  }

  @Test
  void flushingADroppedDayOnceMoreBringsNothingBack() {
    burst(20);
    quiet.letTheDayEnd();
    int dropped = quiet.judge("drop").statusCode(200).extract().path("views");
    flushAgain();
    schedule.settleLate().await().indefinitely();
    quiet.assertSettled(20 - dropped);
  }

  @Test
  void whatComesLateFollowsTheVerdictOfItsDay() {
    quarantined("2025-03-10", 1, 5);
    judge("2025-03-10");
    quarantined("2025-03-10", 1, 7);
    quarantined("2025-03-10", 2, 4);
    schedule.settleLate().await().indefinitely();
    quiet.assertSettled(11);
  }

  /** As where settlement stood still for longer than details are kept. */
  @Test
  void whatWaitsToBeSettledKeepsTheDetailsOfItsDay() {
    quiet.change("{\"detailDays\":10}");
    quarantined("2025-03-10", 1, 5);
    judge("2025-03-10");
    quarantined("2025-03-10", 1, 7);
    retention.removeDue().await().indefinitely();
    schedule.settleLate().await().indefinitely();
    quiet.assertSettled(7);
    retention.removeDue().await().indefinitely();
    quiet.assertSettled(7);
  }

  @Test
  void anAdmittedDayBeforeAPastTotalCountsAtOnce() {
    quiet.site.database.execute(
        """
        INSERT INTO page VALUES (%1$d, 1, '/a', NULL, now());
        INSERT INTO page_views VALUES (%1$d, '2025-03-01', 1, 7, 2);
        INSERT INTO past_total VALUES (%1$d, '2025-03-31', 1, 2, 0);
        INSERT INTO past_day VALUES (%1$d, '2025-03-31', 1)
        """
            .formatted(quiet.site.id));
    quarantined("2025-03-10", 1, 5);
    assertMarch(2);
    judge("2025-03-10");
    assertMarch(7);
  }

  private void assertMarch(int views) {
    asOperator()
        .get(quiet.path() + "/pages?from=2025-03-01&to=2025-03-31")
        .then()
        .statusCode(200)
        .body("pages.path", contains("/a"))
        .body("pages.views", contains(views));
  }

  /** As a flush leaves it: one page with so many views, in one hour and one epoch. */
  private void quarantined(String day, int epoch, int views) {
    quiet.site.database.execute(
        """
        INSERT INTO page VALUES (%1$d, 1, '/a', NULL, now()) ON CONFLICT DO NOTHING;
        INSERT INTO page_views VALUES (%1$d, '%2$s', 1, %3$d, %4$d);
        INSERT INTO hourly_views VALUES (%1$d, '%2$s', '%2$s', %3$d, %4$d, 0)
        """
            .formatted(quiet.quarantine, day, epoch, views));
  }

  private void judge(String day) {
    asOperator("{\"verdict\":\"admit\",\"reason\":\"readers\"}")
        .post(quiet.path() + "/quarantine/" + day)
        .then()
        .statusCode(200);
  }
}
