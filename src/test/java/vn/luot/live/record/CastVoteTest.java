package vn.luot.live.record;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import vn.luot.SampleSite;
import vn.luot.live.record.CastVote.Known;
import vn.luot.live.record.CastVote.Outcome;
import vn.luot.live.record.CastVote.Result;
import vn.luot.live.record.CastVote.Share;
import vn.luot.live.record.CastVote.Shares;
import vn.luot.live.record.CastVote.Vote;
import vn.luot.live.record.CastVote.VoteKeys;
import vn.luot.live.redis.Keys;
import vn.luot.live.redis.RedisCommands;
import vn.luot.site.Site;
import vn.luot.site.page.Page;

/** What the script keeps of a vote, and what it refuses. */
@QuarkusTest
class CastVoteTest {
  private static final int WITHDRAWN = 0;
  private static final String SETTLED = "9000000000000000";
  private static final Shares WIDE = shares(500, 500);
  private static final Known NOBODY_VOTED = known(0, 0, new long[5]);
  private static final Page A = Page.of("/a");

  @Inject CastVote castVote;
  @Inject RedisCommands redis;

  private final Site site = SampleSite.counting(0);
  private final UUID voter = UUID.randomUUID();

  /** Of one network. */
  private static Shares shares(int toCount, int toHold) {
    return new Shares(
        LocalDate.EPOCH,
        List.of(new Share(1, toCount, false), new Share(2, 500, true)),
        List.of(new Share(3, toHold, false)));
  }

  private static Known known(int stars, long revision, long[] counts) {
    return new Known(stars, revision, "", counts, null);
  }

  private Response redis(Command command, Object... args) {
    return redis.send(Request.cmd(command, args)).toCompletionStage().toCompletableFuture().join();
  }

  private Outcome cast(UUID voter, Page page, int stars, Shares shares, Known known) {
    Vote vote = new Vote(site, page, voter, stars, "", shares);
    return castVote.cast(vote, known, true).await().indefinitely();
  }

  private Result result(Page page, int stars, Shares shares, Known known) {
    return cast(voter, page, stars, shares, known).result();
  }

  private void assertNothingKept(Page page) {
    String votes = VoteKeys.votes(site.id(), page.key());
    String rating = VoteKeys.rating(site.id(), page.key());
    assertEquals(0, redis(Command.EXISTS, votes, rating).toInteger());
  }

  @Test
  void withdrawingWhatNeverWasKeepsNothing() {
    Outcome outcome = cast(voter, A, WITHDRAWN, WIDE, NOBODY_VOTED);
    assertEquals(Result.CAST, outcome.result());
    assertArrayEquals(new long[5], outcome.counts());
    assertNothingKept(A);
  }

  private Outcome stranger(int stars, Shares shares) {
    return cast(UUID.randomUUID(), A, stars, shares, NOBODY_VOTED);
  }

  @Test
  void whatFindsNoShareIsHeldThenSummedUp() {
    Shares two = shares(2, 3);
    assertArrayEquals(new long[] {0, 0, 0, 0, 1}, stranger(5, two).counts());
    assertArrayEquals(new long[] {0, 0, 0, 0, 2}, stranger(5, two).counts());
    for (String held : List.of("network", "network", "network", "summed", "summed")) {
      Outcome outcome = stranger(1, two);
      assertEquals(held, outcome.held());
      assertArrayEquals(new long[] {0, 0, 0, 0, 2}, outcome.counts());
    }
    assertEquals(5, redis(Command.HLEN, VoteKeys.votes(site.id(), A.key())).toInteger());
    assertEquals(2, castVote.summed(site.id()).await().indefinitely());
  }

  @Test
  void aHeldVoteCountsWhenItsVoterFindsAShareAndNotBefore() {
    cast(voter, A, 5, shares(0, 3), NOBODY_VOTED);
    assertEquals("network", cast(voter, A, 4, shares(0, 3), Known.NOTHING).held());
    assertEquals("network", cast(voter, A, WITHDRAWN, shares(0, 3), Known.NOTHING).held());
    assertEquals("network", cast(voter, A, 3, shares(0, 3), Known.NOTHING).held());
    assertArrayEquals(
        new long[] {0, 1, 0, 0, 0}, cast(voter, A, 2, shares(1, 3), Known.NOTHING).counts());
  }

  @Test
  void ofOneSizeAreTheNumbersOfNetworksWhateverComes() {
    for (int i = 0; i < 3000; i++) {
      Shares another =
          new Shares(
              LocalDate.EPOCH, List.of(new Share(i, 1, false), new Share(i, 1, true)), List.of());
      cast(UUID.randomUUID(), Page.of("/" + i % 9), 5, another, Known.NEVER_VOTED);
    }
    String day = VoteKeys.newVotes(site.id(), LocalDate.EPOCH);
    int bytes = redis(Command.MEMORY, "USAGE", day).toInteger();
    assertTrue(bytes < 50_000, () -> "bytes: " + bytes);
  }

  @Test
  void withdrawalsOfUnknownVotesAreLimited() {
    Shares two = shares(2, 100);
    for (Page page : List.of(A, Page.of("/b"))) {
      assertEquals(Result.CAST, result(page, WITHDRAWN, two, Known.NOTHING));
    }
    assertEquals(Result.TOO_MANY, result(Page.of("/c"), WITHDRAWN, two, Known.NOTHING));
    assertNothingKept(Page.of("/c"));
    assertNull(redis(Command.HGET, Keys.names(site.id()), A.key()), "named by votes only");
    Known voted = known(4, 1, new long[] {0, 0, 0, 1, 0});
    assertEquals(Result.CAST, result(Page.of("/c"), WITHDRAWN, two, voted), "known to have voted");
  }

  @Test
  void whatPostgresSaidBeforeVotesWereSettledIsAskedAgain() {
    Known asked = new Known(3, 1L, "", new long[] {0, 0, 1, 0, 0}, "");
    redis(
        Command.HSET,
        VoteKeys.rating(site.id(), A.key()),
        "settled",
        SETTLED,
        "1",
        0,
        "2",
        0,
        "3",
        0);
    redis(Command.HSET, VoteKeys.rating(site.id(), A.key()), "4", 0, "5", 0);
    Vote vote = new Vote(site, A, voter, 5, "", WIDE);
    Outcome stale = castVote.cast(vote, asked, false).await().indefinitely();
    assertEquals(Result.ASK, stale.result());
    assertEquals(SETTLED, stale.stamp());
    assertNull(castVote.cast(vote, asked, true).await().indefinitely().counts(), "no -1");
  }

  @Test
  void aVoteIsKeptWithTheRatingItChanges() {
    Known rated = known(0, 0, new long[] {1, 0, 0, 0, 2});
    long[] voted = {1, 0, 0, 0, 3};
    assertArrayEquals(voted, cast(voter, A, 5, WIDE, rated).counts());
    String rating = VoteKeys.rating(site.id(), A.key());
    assertEquals("[1, 3]", redis(Command.HMGET, rating, "1", "5").toString());
    Known voter5 = known(5, 1, voted);
    assertArrayEquals(new long[] {1, 1, 0, 0, 2}, cast(voter, A, 2, WIDE, voter5).counts());
  }
}
