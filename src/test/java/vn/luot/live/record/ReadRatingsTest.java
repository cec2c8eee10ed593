package vn.luot.live.record;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.Test;
import vn.luot.TestSite;
import vn.luot.live.Epochs;
import vn.luot.live.record.CastVote.VoteKeys;
import vn.luot.live.record.ReadRatings.Knower;
import vn.luot.live.record.ReadRatings.LiveRating;
import vn.luot.live.redis.Keys;
import vn.luot.live.redis.RedisCommands;
import vn.luot.site.page.Page;
import vn.luot.standalone.Postgres;

@QuarkusTest
class ReadRatingsTest {
  /** Of no site there is. */
  private static final int SITE = 1_900_000_001;

  private static final Page RATED = Page.of("/rated");
  private static final Page VOTED = Page.of("/voted");
  private static final Page NEITHER = Page.of("/neither");

  @Inject ReadRatings ratings;
  @Inject RedisCommands redis;
  @Inject Epochs epochs;
  Postgres postgres;

  private Response redis(Command command, Object... args) {
    return redis.send(Request.cmd(command, args)).toCompletionStage().toCompletableFuture().join();
  }

  private List<Knower> knowers(List<Page> pages) {
    return ratings.read(SITE, pages).await().indefinitely().stream()
        .map(LiveRating::knower)
        .toList();
  }

  @Test
  void eachPageIsAnsweredByWhoKnowsItsRating() {
    List<Page> pages = List.of(NEITHER, VOTED, RATED, NEITHER);
    assertEquals(
        List.of(Knower.POSTGRES, Knower.POSTGRES, Knower.POSTGRES, Knower.POSTGRES),
        knowers(pages));
    String dirty = VoteKeys.dirtyRatings(Keys.bucket(SITE));
    redis(Command.SADD, dirty, SITE + ":" + VOTED.key());
    redis(
        Command.HSET,
        VoteKeys.rating(SITE, RATED.key()),
        "settled",
        "9000000000000000",
        "1",
        4,
        "5",
        7);
    assertEquals(
        List.of(Knower.POSTGRES, Knower.NOBODY, Knower.REDIS, Knower.POSTGRES), knowers(pages));
    long[] counts = ratings.read(SITE, pages).await().indefinitely().get(2).counts();
    assertArrayEquals(new long[] {4, 0, 0, 0, 7}, counts);
    redis(Command.SREM, dirty, SITE + ":" + VOTED.key());
    redis(Command.DEL, VoteKeys.rating(SITE, RATED.key()));
  }

  /** A Redis that lost its last seconds has a rating without the votes it had confirmed. */
  @Test
  void whatWasSettledBeforeTheEpochIsPostgresToTell() {
    TestSite.create(postgres).hit("/").statusCode(200);
    String rating = VoteKeys.rating(SITE, RATED.key());
    long opened = redis(Command.HGET, epochs.key(SITE), "opened").toLong() * 1000;
    redis(Command.HSET, rating, "settled", opened - 1, "1", 4);
    assertEquals(List.of(Knower.POSTGRES), knowers(List.of(RATED)));
    redis(Command.HSET, rating, "settled", opened);
    assertEquals(List.of(Knower.REDIS), knowers(List.of(RATED)));
    redis(Command.DEL, rating);
  }
}
