package vn.luot.live;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import vn.luot.SampleSite;
import vn.luot.live.Visitors.Salts;
import vn.luot.live.redis.Keys;
import vn.luot.live.redis.RedisCommands;
import vn.luot.site.Period;
import vn.luot.site.Site;
import vn.luot.visitor.DaySalt;

/** Who somebody was cannot be computed again once the day's visits are over. */
@QuarkusTest
class SaltsTest {
  private static final Duration OVERLAP = Duration.ofHours(4);
  private static final byte[] NETWORK = {127, 0, 0, 1};

  @Inject RedisCommands redis;
  @Inject Epochs epochs;
  @Inject RedisClock clock;

  private final Site site = SampleSite.counting(0);

  private Response redis(Command command, Object... args) {
    return redis.send(Request.cmd(command, args)).toCompletionStage().toCompletableFuture().join();
  }

  /** As a pod that was just started has it. */
  private DaySalt fetch(Period period) {
    return new Salts(redis, clock, epochs)
        .fetch(site, period)
        .toCompletionStage()
        .toCompletableFuture()
        .join();
  }

  private static long id(DaySalt salt) {
    return salt.network(7, NETWORK);
  }

  private Period daysAgo(int days) {
    return Period.at(site.zone(), clock.millis() - Duration.ofDays(days).toMillis());
  }

  @Test
  void podsShareTodaysSalt() {
    assertArrayEquals(fetch(daysAgo(0)).today(), fetch(daysAgo(0)).today());
  }

  @Test
  void redisDeletesTheSaltWhenTheLastVisitOfItsDayHasEnded() {
    Period today = daysAgo(0);
    fetch(today);
    long end = Period.startOf(today.day().plusDays(1), site.zone());
    String key = Keys.salt(site.zone().getId(), today.day());
    assertEquals(end + OVERLAP.toMillis(), redis(Command.PEXPIRETIME, key).toLong());
  }

  @Test
  void anIdOfADayThatIsOverCannotBeComputedAgain() {
    Period past = daysAgo(2);
    String key = Keys.salt(site.zone().getId(), past.day());
    long once = id(fetch(past));
    assertEquals(0, redis(Command.EXISTS, key).toInteger());
    assertNotEquals(once, id(fetch(past)));
  }

  @Test
  void aPodForgetsYesterdaysSaltWhenVisitsOfYesterdayCanNoLongerGoOn() {
    byte[] yesterday = {1};
    Period today = daysAgo(0);
    long begin = Period.startOf(today.day(), site.zone());
    DaySalt salt = new DaySalt(today.day(), begin, new byte[] {2}, yesterday);
    long gap = Duration.ofSeconds(site.rules().visitGapSeconds()).toMillis();
    assertEquals(
        yesterday,
        salt.at(begin + gap - 1, Duration.ofSeconds(site.rules().visitGapSeconds())).yesterday());
    assertEquals(
        null, salt.at(begin + gap, Duration.ofSeconds(site.rules().visitGapSeconds())).yesterday());
  }

  @Test
  void noTwoDaysHaveOneSalt() {
    assertFalse(Arrays.equals(fetch(daysAgo(0)).today(), fetch(daysAgo(3)).today()));
  }
}
