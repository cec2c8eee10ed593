package vn.luot.live;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import vn.luot.SampleSite;
import vn.luot.live.CastVote.Known;
import vn.luot.live.CastVote.Limits;
import vn.luot.live.CastVote.Outcome;
import vn.luot.live.CastVote.Result;
import vn.luot.live.CastVote.Vote;
import vn.luot.site.Page;
import vn.luot.site.PageRule;
import vn.luot.site.Site;
import vn.luot.standalone.Stores;

/** What the script keeps of a vote, and what it refuses. */
@QuarkusTest
@WithTestResource(value = Stores.class, scope = TestResourceScope.GLOBAL)
class CastVoteTest {
  private static final int WITHDRAWN = 0;
  private static final Limits WIDE = new Limits(50, 500, 5000);
  private static final Known NOBODY_VOTED = new Known(0, 0, 0L, new long[5]);
  private static final Page A = page("/a");

  @Inject CastVote castVote;
  @Inject Store store;

  private final Site site = SampleSite.counting(0);
  private final UUID voter = UUID.randomUUID();

  private static Page page(String path) {
    return PageRule.page(path, List.of(), "page");
  }

  private Response redis(Command command, Object... args) {
    return store.send(Request.cmd(command, args)).toCompletionStage().toCompletableFuture().join();
  }

  private Outcome cast(UUID voter, Page page, int stars, Limits limits, Known known) {
    Vote vote = new Vote(site, page, voter, stars, "", "network", limits);
    return castVote.cast(vote, known, true).await().indefinitely();
  }

  private Result result(Page page, int stars, Limits limits, Known known) {
    return cast(voter, page, stars, limits, known).result();
  }

  private void assertNothingKept(Page page) {
    String votes = Keys.votes(site.id(), page.key());
    String rating = Keys.rating(site.id(), page.key());
    assertEquals(0, redis(Command.EXISTS, votes, rating).toInteger());
  }

  @Test
  void withdrawingWhatNeverWasKeepsNothing() {
    Outcome outcome = cast(voter, A, WITHDRAWN, WIDE, NOBODY_VOTED);
    assertEquals(Result.CAST, outcome.result());
    assertArrayEquals(new long[5], outcome.counts());
    assertNothingKept(A);
  }

  @Test
  void aVoteBeyondTheLimitsKeepsNothing() {
    Limits none = new Limits(50, 500, 0);
    assertEquals(Result.TOO_MANY_NEW_VOTERS, result(A, 5, none, NOBODY_VOTED));
    assertNothingKept(A);
  }

  @Test
  void withdrawalsOfUnknownVotesAreLimited() {
    Limits two = new Limits(50, 2, 5000);
    for (Page page : List.of(A, page("/b"))) {
      assertEquals(Result.CAST, result(page, WITHDRAWN, two, Known.NOTHING));
    }
    assertEquals(Result.TOO_MANY_NEW_VOTERS, result(page("/c"), WITHDRAWN, two, Known.NOTHING));
    assertNothingKept(page("/c"));
    assertNull(redis(Command.HGET, Keys.names(site.id()), A.key()), "named by votes only");
    Known voted = new Known(4, 1, 1L, new long[] {0, 0, 0, 1, 0});
    assertEquals(Result.CAST, result(page("/c"), WITHDRAWN, two, voted), "known to have voted");
  }

  @Test
  void pagesWhoseRatingIsUnknownAreLimitedLikeNewOnes() {
    Limits two = new Limits(50, 500, 2);
    assertEquals(Result.CAST, result(A, 5, two, Known.NOTHING));
    assertEquals(Result.CAST, result(page("/b"), WITHDRAWN, two, Known.NOTHING));
    for (int stars : List.of(5, WITHDRAWN)) {
      assertEquals(Result.TOO_MANY_NEW_VOTERS, result(page("/c"), stars, two, Known.NOTHING));
    }
    assertNothingKept(page("/c"));
  }

  @Test
  void aVoteIsKeptWithTheRatingItChanges() {
    Known rated = new Known(0, 0, 7L, new long[] {1, 0, 0, 0, 2});
    long[] voted = {1, 0, 0, 0, 3};
    assertArrayEquals(voted, cast(voter, A, 5, WIDE, rated).counts());
    String rating = Keys.rating(site.id(), A.key());
    assertEquals("[7, 1, 3]", redis(Command.HMGET, rating, "version", "1", "5").toString());
    Known voter5 = new Known(5, 1, 7L, voted);
    assertArrayEquals(new long[] {1, 1, 0, 0, 2}, cast(voter, A, 2, WIDE, voter5).counts());
  }
}
